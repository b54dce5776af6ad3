package io.hawser.clever.engine;

import io.hawser.clever.engine.file.Sending;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.core.value.Value;
import java.util.function.LongFunction;

/**
 * A file as originals send it: one frame, whose content is the file ({@code specs/clever.md} 1.8). Its length is said first; a
 * file that turns out shorter ends the connection, as the receiver would take what follows for the rest of it.
 */
final class WholeFile implements FileStream, Sending.Departure {
    private final CleverParty party;
    private final CleverLink link;
    private final LongFunction<CleverFrame> head;
    private final Files.Going file;
    private final Sending sending;
    private boolean begun;

    /** @param head the frame for so many bytes */
    WholeFile(CleverParty party, CleverLink link, Files.Going file, LongFunction<CleverFrame> head) {
        this.party = party;
        this.link = link;
        this.head = head;
        this.file = file;
        this.sending = new Sending(party.disk(), file.source(), this);
    }

    @Override
    public void begin() {
        sending.open();
    }

    @Override
    public boolean exclusive() {
        return true;
    }

    @Override
    public void writable() {
        if (begun) {
            sending.go(link::flows);
        }
    }

    @Override
    public void opened(long size) {
        begun = true;
        if (party.outbound().say(link, head.apply(size))) {
            sending.go(link::flows);
        } else {
            failed("its path is too long");
        }
    }

    @Override
    public void piece(byte[] bytes, long offset, long size) {
        link.send(bytes);
        file.outcome().bytes(offset + bytes.length, size);
    }

    @Override
    public void sent(String sha256) {
        file.outcome().done(Value.Null.NULL);
        link.carried();
    }

    @Override
    public void failed(String why) {
        file.outcome().failed(new Failure(Failure.Kind.FILE, why));
        if (begun) {
            link.drop("a file could not be read to its end: " + why);
        }
        link.carried();
    }

    @Override
    public void lost() {
        sending.end();
        party.files().again(file);
    }
}

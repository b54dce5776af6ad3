package io.hawser.clever.engine;

import io.hawser.clever.engine.file.Sending;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.ExtraKind;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;

/**
 * A file as peers of ours send it to each other: in chunks, between which goes what is urgent, from where an earlier connection
 * has ended, and with a hash.
 *
 * <pre>
 *   sender                 receiver
 *   offer size    ------&gt;            opens its place
 *                 &lt;------  accept offset
 *   chunk offset  ------&gt;
 *   chunk offset  ------&gt;            writes
 *   end sha256    ------&gt;            checks, syncs, renames
 *                 &lt;------  done
 * </pre>
 */
final class ChunkedFile implements FileStream, Sending.Departure {
    private final CleverParty party;
    private final CleverLink link;
    private final Files.Going file;
    private final Sending sending;
    private boolean accepted;

    ChunkedFile(CleverParty party, CleverLink link, Files.Going file) {
        this.party = party;
        this.link = link;
        this.file = file;
        this.sending = new Sending(party.disk(), file.source(), this);
    }

    @Override
    public void begin() {
        sending.open();
    }

    @Override
    public boolean exclusive() {
        return false;
    }

    @Override
    public void opened(long size) {
        Fields.Builder offer = Fields.builder().put("size", size);
        if (!file.path().isEmpty()) {
            offer.put("filepath", file.path());
        }
        say(ExtraKind.OFFER, offer.build());
    }

    /** A receiver may give up in the middle, when its disk is full for example. */
    @Override
    public boolean hears(CleverFrame.Extra word) {
        if (!word.id().equals(file.transfer())) {
            return false;
        }
        if (word.said().has("error")) {
            sending.end();
            file.outcome().failed(new Failure(Failure.Kind.REFUSED, CleverLink.text(word, "error")));
            link.carried();
        } else if (!accepted && word.said().find("offset") instanceof Value.Int from && from.value() >= 0) {
            accepted = true;
            sending.skip(from.value(), this::writable);
        }
        return true;
    }

    @Override
    public void writable() {
        if (accepted) {
            sending.go(link::flows);
        }
    }

    @Override
    public void piece(byte[] bytes, long offset, long size) {
        party.outbound().say(link, new CleverFrame.Chunk(file.transfer(), offset, bytes.length));
        link.send(bytes);
        file.outcome().bytes(offset + bytes.length, size);
        party.outbound().pump();
    }

    @Override
    public void sent(String sha256) {
        say(ExtraKind.END, Fields.of("sha256", Value.of(sha256)));
        party.files().awaitStored(file);
        link.carried();
    }

    @Override
    public void failed(String why) {
        file.outcome().failed(new Failure(Failure.Kind.FILE, why));
        say(ExtraKind.END, Fields.of("error", Value.of("the sender could not read it: " + why)));
        link.carried();
    }

    @Override
    public void lost() {
        sending.end();
        party.files().again(file);
    }

    private void say(ExtraKind kind, Fields said) {
        party.outbound().say(link, new CleverFrame.Extra(kind, file.transfer(), said));
    }
}

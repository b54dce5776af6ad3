package io.hawser.clever.engine;

import io.hawser.clever.engine.file.Receiving;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.CleverHead;
import io.hawser.clever.wire.ExtraKind;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import io.hawser.net.length.LengthConnection;
import io.hawser.net.length.LengthHandler;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a peer: puts frames together, hands them to its party, and carries one file at a time in each direction.
 * All state belongs to the party's loop.
 */
final class CleverLink implements LengthHandler, CleverFrame.Handler {
    /** Ours say hello first; whoever says nothing for so long is none of ours. */
    private static final Duration INTRODUCTION = Duration.ofMillis(300);

    /** Originals come back at once, a thousand times in a second, if they are dropped at once ({@code specs/clever.md} 2.3). */
    private static final Duration UNWELCOME = Duration.ofSeconds(2);

    /** What the operating system may hold: it cannot expire any more, and a slow radio must take some of it before a stall. */
    private static final int HELD_AHEAD = 128 * 1024;

    private final Function<LengthConnection, Optional<CleverParty>> host;
    private @Nullable CleverParty party;
    private @Nullable LengthConnection connection;
    private @Nullable Vigil vigil;
    private @Nullable Incoming files;
    private Loop.@Nullable Timer introduction;
    private @Nullable CleverHead head;
    private byte[] headBytes = {};
    private @Nullable Receiving receiving;
    private ByteArrayOutputStream content = new ByteArrayOutputStream();
    private @Nullable FileStream outgoing;
    private long handed;
    private boolean ours;
    private boolean introduced;
    private boolean heldForDisk;
    private boolean heldForCallbacks;
    private boolean over;
    private boolean gone;
    private String verdict = "";

    /** A connection that will belong to the party that {@code host} names for it, if any. */
    CleverLink(Function<LengthConnection, Optional<CleverParty>> host) {
        this.host = host;
    }

    /** A connection that {@code owner} opens. */
    CleverLink(CleverParty owner) {
        this.host = connection -> Optional.of(owner);
        this.party = owner;
    }

    // ---- what the party asks

    /** True if the other side has said that it is one of ours. */
    boolean ours() {
        return ours;
    }

    /** True if it is known whether the other side is one of ours. */
    boolean introduced() {
        return introduced;
    }

    boolean canTakeMore() {
        return flows() && (outgoing == null || !outgoing.exclusive());
    }

    /** True if a file goes out, between whose pieces only what is urgent may go. */
    boolean carriesFile() {
        return outgoing != null;
    }

    void send(byte[] bytes) {
        if (connection != null && !over) {
            handed += bytes.length;
            connection.send(bytes);
        }
    }

    /** Begins to send a file; until it is gone nothing else goes, or only what is urgent. */
    void carry(FileStream stream) {
        outgoing = stream;
        stream.begin();
    }

    /** The file that went out is gone, or never will. */
    void carried() {
        outgoing = null;
        party().outbound().pump();
    }

    /** True if the network takes more of a file. */
    boolean flows() {
        return connection != null && !over && connection.writable();
    }

    long unsent() {
        return connection == null ? 0 : connection.unsent();
    }

    /** How many bytes the operating system has taken. */
    long left() {
        return handed - unsent();
    }

    void holdForDisk(boolean on) {
        heldForDisk = on;
        read();
    }

    void holdForCallbacks(boolean on) {
        heldForCallbacks = on;
        read();
    }

    private void read() {
        if (connection != null) {
            connection.reading(!heldForDisk && !heldForCallbacks);
        }
    }

    /** Sends what was handed over, then ends. */
    void close(String why) {
        verdict = why;
        if (connection != null && !over) {
            over = true;
            connection.close();
        }
    }

    /** Ends at once, with all that has not come to the peer yet; the party has heard of it when this returns. */
    void drop(String why) {
        verdict = why;
        closed(why);
        if (connection != null) {
            connection.reset();
        }
    }

    // ---- what the connection says

    @Override
    public void opened(LengthConnection opened) {
        connection = opened;
        Optional<CleverParty> owner = host.apply(opened);
        if (owner.isEmpty()) {
            over = true;
            opened.reading(false);
            opened.loop().schedule(UNWELCOME, opened::drop);
            return;
        }
        CleverParty mine = owner.get();
        party = mine;
        files = new Incoming(mine, this);
        opened.keepAlive(mine.settings().keepalive());
        opened.holdAhead(HELD_AHEAD);
        if (mine.settings().extras()) {
            mine.outbound().say(this, new CleverFrame.Extra(ExtraKind.HELLO, "", Fields.EMPTY));
            introduction = opened.loop().schedule(INTRODUCTION, this::introduce);
        } else {
            introduced = true;
        }
        vigil = new Vigil(mine, this, opened.loop());
        mine.opened(this, opened.remote());
    }

    private void introduce() {
        if (!introduced && !over) {
            introduced = true;
            party().outbound().pump();
        }
    }

    @Override
    public long header(byte[] header) {
        try {
            CleverHead read = understood(header);
            head = read;
            heard(read);
            receiving = read.stream().isPresent() ? stream(read.stream().get()) : null;
            read.skip().ifPresent(this::ignore);
            content = new ByteArrayOutputStream();
            return read.length();
        } catch (ProtocolException bad) {
            refuse(bad);
            return NOTHING_MORE;
        }
    }

    /** Most frames of a peer have the same header as the one before. */
    private CleverHead understood(byte[] header) throws ProtocolException {
        if (head == null || !Arrays.equals(header, headBytes)) {
            CleverHead read = party().codec().head(header);
            headBytes = header;
            return read;
        }
        return head;
    }

    private void heard(CleverHead read) {
        if (vigil != null) {
            vigil.heard();
        }
        if (!introduced && party().settings().extras()) {
            ours = read.hello();
            introduced = true;
        }
    }

    private @Nullable Receiving stream(CleverFrame frame) {
        frame.to(this);
        return files == null ? null : files.current();
    }

    @Override
    public void content(byte[] piece, boolean last) {
        CleverHead current = head;
        if (current == null || current.skip().isPresent() || over) {
            return;
        }
        if (current.stream().isPresent()) {
            pass(piece, last);
        } else if (!last || content.size() > 0) {
            content.writeBytes(piece);
            if (last) {
                understand(current, content.toByteArray());
            }
        } else {
            understand(current, piece);
        }
    }

    private void pass(byte[] piece, boolean last) {
        if (receiving != null) {
            receiving.take(piece);
        }
        if (last && files != null) {
            files.streamEnded();
        }
    }

    private void understand(CleverHead current, byte[] bytes) {
        try {
            CleverFrame frame = party().codec().read(current, bytes);
            party().tally(CleverCount.FRAMES_IN);
            frame.to(this);
            party().outbound().pump();
        } catch (ProtocolException bad) {
            refuse(bad);
        }
    }

    private void refuse(ProtocolException bad) {
        party().tally(CleverCount.BAD_FRAMES);
        close("the peer said what nobody can understand: " + bad.reason());
    }

    @Override
    public void writable() {
        if (outgoing != null) {
            outgoing.writable();
        }
        if (party != null) {
            party.outbound().pump();
        }
    }

    @Override
    public void closed(String reason) {
        if (gone) {
            return;
        }
        gone = true;
        over = true;
        if (vigil != null) {
            vigil.end();
        }
        if (introduction != null) {
            introduction.cancel();
        }
        if (files != null) {
            files.lost();
        }
        if (outgoing != null) {
            outgoing.lost();
        }
        if (party != null) {
            party.closed(this, verdict.isEmpty() ? words(reason) : verdict);
        }
    }

    private static String words(String reason) {
        return reason.isEmpty() ? "the connection was closed" : reason;
    }

    // ---- what the peer says

    @Override
    public void action(CleverFrame.Action frame) {
        party().events().action(frame, CleverReply.to(party(), this, frame));
    }

    @Override
    public void request(CleverFrame.Request frame) {
        CleverReply reply = CleverReply.to(party(), this, frame);
        if (frame.name().equals(CleverFrame.FILE)) {
            party().files().give(this, frame, reply);
        } else {
            party().events().request(frame, reply);
        }
    }

    @Override
    public void response(CleverFrame.Response frame) {
        party().asked().answered(frame);
    }

    @Override
    public void extra(CleverFrame.Extra frame) {
        switch (frame.kind()) {
            case HELLO -> ours = party().settings().extras();
            case ACKNOWLEDGED -> party().asked().acknowledged(frame);
            case PROGRESS -> party().asked().progress(frame);
            case OFFER, END -> filed(frame);
            case ACCEPT, DONE -> {
                if (outgoing == null || !outgoing.hears(frame)) {
                    party().files().stored(frame);
                }
            }
        }
    }

    private void filed(CleverFrame.Extra frame) {
        if (files != null) {
            files.extra(frame);
        }
    }

    @Override
    public void stream(CleverFrame.Stream frame) {
        if (files != null) {
            files.stream(frame);
        }
    }

    @Override
    public void ignored(CleverFrame.Ignored frame) {
        ignore(frame.why());
    }

    private void ignore(String why) {
        party().tally(CleverCount.IGNORED);
        party().events().problem(why);
    }

    /** The text under {@code name}, empty if there is none. */
    static String text(CleverFrame.Extra frame, String name) {
        return frame.said().find(name) instanceof Value.Str text ? text.value() : "";
    }

    private CleverParty party() {
        if (party == null) {
            throw new IllegalStateException("a connection without a party hears nothing");
        }
        return party;
    }
}

package io.hawser.clever.engine;

import io.hawser.clever.engine.file.Disk;
import io.hawser.clever.engine.file.FileSink;
import io.hawser.clever.engine.file.FileSource;
import io.hawser.clever.wire.CleverCodec;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.CleverLimits;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a conversation, across all the connections that it takes. All that changes belongs to the loop.
 *
 * <h2>What becomes of things when a connection is lost</h2>
 *
 * <pre>
 *                                 resumeQueue              else
 *   action or file, not sent      waits                    fails
 *   file, half sent               again; if the peer is    fails
 *                                 ours, only the rest
 *                                 resendRequests           else
 *   request, not answered         asked again              fails
 *   action, sent, not             fails: nobody knows whether it was done
 *   acknowledged, or not
 *   known to be there
 *   answer of ours                forgotten: who asks again asks anew
 * </pre>
 *
 * <p>On each connection frames go out whole, from their first byte on: half a frame never meets another one's tail, which is
 * what makes the original's {@code resume_queue} unusable ({@code specs/clever.md} 1.13).
 */
public final class CleverParty {
    private final Loop loop;
    private final CleverSettings settings;
    private CleverCodec codec;
    private final CleverEvents events;
    private final Disk disk;
    private final Random random;
    private final Ids ids;
    private final Map<CleverCount, LongAdder> counts = new EnumMap<>(CleverCount.class);
    private final Outbound outbound;
    private final Asked asked;
    private final Files files;
    private final Arrivals arrivals;
    private @Nullable CleverLink link;
    private @Nullable Dialer dialer;
    private boolean kept;
    private boolean lostBefore;
    private boolean held;
    private boolean ended;

    /**
     * A party without a connection. Callable from any thread.
     *
     * @param threads where files are read and written
     * @param random makes the names of transfers, which nobody should guess
     */
    public CleverParty(Loop loop, CleverSettings settings, Executor threads, Random random, CleverEvents events) {
        this.loop = loop;
        this.settings = settings;
        this.codec = new CleverCodec(settings.limits());
        this.events = events;
        this.disk = new Disk(threads, loop);
        this.random = random;
        this.ids = new Ids(random);
        this.outbound = new Outbound(this, loop);
        this.asked = new Asked(loop, this, outbound);
        this.files = new Files(this);
        this.arrivals = new Arrivals(this, loop);
        for (CleverCount what : CleverCount.values()) {
            counts.put(what, new LongAdder());
        }
    }

    // ---- from any thread

    /**
     * Sends an action.
     *
     * @param outcome done when the action is handed to the network, or, if it expires and there is a ping, when the peer has it
     * @throws ProtocolException if it cannot be said
     */
    public void send(Question action, Outcome outcome) throws ProtocolException {
        byte[] frame = write(action, Optional.empty());
        post(() -> {
            long since = loop.nanoTime();
            Parcel parcel = new Parcel(
                    Parcel.Kind.ACTION,
                    action.urgent(),
                    false,
                    frame.length,
                    to -> {
                        outbound.hand(to, frame);
                        arrivals.await(action, since, outcome);
                    },
                    outcome::failed);
            outbound.expires(parcel, action);
            outbound.queue(parcel);
        });
    }

    /**
     * Sends an action to a peer of ours; the outcome is done when the peer has done it.
     *
     * @param patience how long that may take
     * @throws ProtocolException if it cannot be said
     */
    public void sendAcknowledged(Question action, Duration patience, Outcome outcome) throws ProtocolException {
        String id = "a" + ids.next();
        byte[] frame = write(action, Optional.of(id));
        ask(new Pending(Pending.Kind.ACKNOWLEDGEMENT, id, action, frame, Optional.empty(), patience, outcome));
    }

    /**
     * Asks for something.
     *
     * @param patience how long the answer may take
     * @throws ProtocolException if it cannot be said
     */
    public void request(Question request, Duration patience, Outcome outcome) throws ProtocolException {
        ask(pending(Pending.Kind.REQUEST, request, Optional.empty(), patience, outcome));
    }

    /**
     * Asks for the file {@code path}; the outcome is done, with its length, when it is in its place.
     *
     * @param into where it goes; asked for each attempt, as the one before may not have let go yet
     * @param patience how long it may take to begin
     * @throws ProtocolException if it cannot be said
     */
    public void fetch(String path, Supplier<FileSink> into, Duration patience, Outcome outcome)
            throws ProtocolException {
        Question request = Question.of(CleverFrame.FILE, Fields.of("filepath", Value.of(path)));
        Pending.Fetch fetch = new Pending.Fetch(into, ids.transfer());
        ask(pending(Pending.Kind.REQUEST, request, Optional.of(fetch), patience, outcome));
    }

    /**
     * Sends the file {@code from}, which the peer shall put at {@code path}; the outcome is done when it is handed to the
     * network, or, if the peer is one of ours, when it is in its place.
     */
    public void sendFile(FileSource from, String path, Outcome outcome) {
        Files.Going file = new Files.Going(path, Optional.empty(), ids.transfer(), from, outcome);
        post(() -> outbound.queue(files.parcel(file)));
    }

    /** How often {@code what} has happened. */
    public long count(CleverCount what) {
        return counter(what).sum();
    }

    /** Runs {@code task} on the loop; false if the loop has ended. */
    public boolean post(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    // ---- for the composer, on the loop

    /** Connects to {@code to}, from an address of this machine's if one is given, and again whenever the connection is lost. */
    public void dial(InetSocketAddress to, Optional<InetAddress> from) {
        Dialer own = new Dialer(this, loop, to, from, random);
        dialer = own;
        own.dial();
    }

    /** The peer may come back by itself: what waits for it is kept, as the settings say. */
    public void keep() {
        kept = true;
    }

    /** From now on these hold for what comes in. */
    public void limits(CleverLimits newer) {
        codec = new CleverCodec(newer);
    }

    /** True if a connection is open. */
    public boolean isConnected() {
        return link != null;
    }

    /** True if a file is on its way that nothing can overtake: an original takes no frame before it is over. */
    public boolean blockedByFile() {
        return link != null && link.carriesFile() && !link.ours();
    }

    /** What was asked and is not answered, with how long ago, in order. */
    public List<Unanswered> unanswered() {
        long now = loop.nanoTime();
        return asked.all().stream()
                .map(pending -> new Unanswered(pending.question, Duration.ofNanos(now - pending.since)))
                .toList();
    }

    /** Something that was asked and is not answered. */
    public record Unanswered(Question question, Duration age) {}

    /** How many parcels wait to be sent. */
    public int queued() {
        return outbound.size();
    }

    /** Stops reading from the peer, or goes on. */
    public void reading(boolean on) {
        held = !on;
        if (link != null) {
            link.holdForCallbacks(held);
        }
    }

    /** Ends the connection at once. Whoever dials, dials again. */
    public void hangUp(String why) {
        if (link != null) {
            link.drop(why);
        }
    }

    /** The end: what was handed to the network still goes, the rest fails. */
    public void end(String why) {
        if (ended) {
            return;
        }
        ended = true;
        if (dialer != null) {
            dialer.stop();
        }
        if (link != null) {
            link.close(why);
        }
        failAll(Failure.closed(why));
    }

    // ---- for the engine, on the loop

    CleverSettings settings() {
        return settings;
    }

    CleverCodec codec() {
        return codec;
    }

    CleverEvents events() {
        return events;
    }

    Disk disk() {
        return disk;
    }

    Outbound outbound() {
        return outbound;
    }

    Asked asked() {
        return asked;
    }

    Files files() {
        return files;
    }

    Optional<CleverLink> link() {
        return Optional.ofNullable(link);
    }

    void tally(CleverCount what) {
        counter(what).increment();
    }

    /** Something that came changes nothing. */
    void unexpected(String what) {
        tally(CleverCount.IGNORED);
        events.problem(what);
    }

    /** True if what is said now can wait for a connection, if there is none. */
    boolean mayWait(Parcel.Kind kind) {
        boolean waits = kind == Parcel.Kind.REQUEST ? settings.resendRequests() : settings.resumeQueue();
        return !ended && (link != null || !lostBefore || waits);
    }

    void opened(CleverLink opened, InetSocketAddress remote) {
        if (ended) {
            opened.drop("the party has ended");
            return;
        }
        if (link != null) {
            link.drop("a newer connection took its place");
        }
        if (dialer != null) {
            dialer.opened();
        }
        link = opened;
        opened.holdForCallbacks(held);
        events.connected(remote);
        outbound.pump();
    }

    /** {@code from} has ended, or could not be opened. */
    void closed(CleverLink from, String why) {
        boolean again = !ended && (dialer != null || kept);
        if (from == link) {
            link = null;
            lost(again);
            if (!again) {
                ended = true;
                failAll(Failure.closed("the peer has left: " + why));
            }
            redial();
            events.disconnected(why, again);
        } else if (link == null && again) {
            redial();
            events.unreachable(why);
        }
    }

    private void redial() {
        if (dialer != null && !ended) {
            dialer.closed();
        }
    }

    private void lost(boolean again) {
        lostBefore = true;
        Failure why = Failure.closed("the connection was lost");
        boolean resume = settings.resumeQueue() && again;
        outbound.failAll(
                parcel -> parcel.kind() == Parcel.Kind.ANSWER || (!resume && parcel.kind() != Parcel.Kind.REQUEST),
                why);
        arrivals.lost();
        List<Parcel> requests = asked.lost(settings.resendRequests() && again, why);
        outbound.putBack(files.lost(resume, why));
        outbound.putBack(requests);
    }

    private void failAll(Failure why) {
        outbound.failAll(parcel -> true, why);
        files.lost(false, why);
        arrivals.lost();
        asked.failAll(why);
    }

    /** Asks what shows that the peer is there, on this connection alone, before all that waits. */
    void ping(Duration patience, Outcome outcome) {
        String name = settings.ping().orElseThrow().request();
        try {
            Question what = new Question(name, List.of(), Fields.EMPTY, true, Optional.empty());
            asked.ask(pending(Pending.Kind.PING, what, Optional.empty(), patience, outcome));
        } catch (ProtocolException unsayable) {
            unexpected("a ping cannot be sent: " + unsayable.reason());
        }
    }

    private void ask(Pending pending) {
        post(() -> asked.ask(pending));
    }

    private Pending pending(
            Pending.Kind kind, Question request, Optional<Pending.Fetch> fetch, Duration patience, Outcome outcome)
            throws ProtocolException {
        String id = ids.next();
        Optional<String> transfer = fetch.filter(file -> settings.extras()).map(Pending.Fetch::transfer);
        byte[] frame = codec.write(
                new CleverFrame.Request(request.name(), Value.of(id), request.args(), request.kwargs(), transfer));
        return new Pending(kind, id, request, frame, fetch, patience, outcome);
    }

    private byte[] write(Question action, Optional<String> acknowledge) throws ProtocolException {
        return codec.write(new CleverFrame.Action(action.name(), action.args(), action.kwargs(), acknowledge));
    }

    private LongAdder counter(CleverCount what) {
        return Objects.requireNonNull(counts.get(what));
    }
}

package io.hawser.clever.gateway;

import io.hawser.clever.engine.CleverDoor;
import io.hawser.clever.engine.CleverParty;
import io.hawser.clever.engine.Failure;
import io.hawser.clever.engine.Outcome;
import io.hawser.clever.engine.file.FileSource;
import io.hawser.core.audit.Audit;
import io.hawser.core.event.EventCode;
import io.hawser.core.route.Bus;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Listener;
import io.hawser.net.Loop;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ground station on the bus that original copters take for their own server: it announces itself, asks each copter who it is, and
 * stands for it. Owner: one loop; what is public may be called from any thread and answers by a future.
 *
 * <p>A copter is known by the id that it says. Two behind one address do not disturb each other, as they would at the original
 * ({@code specs/clever.md} 2.2); of two with one id the later one stays. One that has gone is remembered as offline.
 */
public final class CleverGateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CleverGateway.class);

    private final FleetSettings settings;
    private final Bus bus;
    private final Loop loop;
    private final Executor disks;
    private final Random random;
    private final Set<CleverSession> sessions = new LinkedHashSet<>();
    private final LastKnown lastKnown;
    private final Fleet fleet;
    private final Emergencies emergencies;
    private final Guard guard;
    private @Nullable Listener door;
    private @Nullable Announcer announcer;
    private boolean stopped;

    /**
     * A gateway that joins {@code bus} when it is started.
     *
     * @param loop owns all of it
     * @param disks where files are read and written
     * @param random makes ids that nobody can guess
     */
    public CleverGateway(FleetSettings settings, Bus bus, Loop loop, Executor disks, Random random) {
        this.settings = settings;
        this.bus = bus;
        this.loop = loop;
        this.disks = disks;
        this.random = random;
        this.lastKnown = new LastKnown(bus.store().records().table(CopterRecord.TYPE), loop, bus.clock());
        this.fleet = new Fleet(lastKnown);
        this.emergencies = new Emergencies(loop);
        this.guard = new Guard(bus.access(), new Audit(bus.store().records(), bus.clock()), loop);
    }

    /**
     * Lets copters in, and tells them where. Not for a loop.
     *
     * @return where copters connect
     * @throws io.hawser.net.CannotListenException if the port cannot be bound
     */
    public InetSocketAddress start() {
        lastKnown.load();
        Listener opened =
                CleverDoor.open(loop, new InetSocketAddress(settings.host(), settings.port()), this::newcomer);
        door = opened;
        settings.announcement().ifPresent(wishes -> {
            String id = String.format(Locale.ROOT, "%04d", random.nextInt(10_000));
            double now = bus.clock().millis() / 1e3;
            Announcer made = new Announcer(loop, wishes, opened.address().getPort(), id, now);
            announcer = made;
            made.start();
        });
        return opened.address();
    }

    /** Every copter that is there or was, by id. */
    public CompletableFuture<List<Copter>> copters() {
        return CompletableFuture.supplyAsync(fleet::all, loop);
    }

    /** Whether each copter that is there may take off. */
    public CompletableFuture<List<Preflight>> check() {
        return copters()
                .thenApply(all -> Preflight.of(
                        all.stream().filter(Copter::online).toList(),
                        settings.checks(),
                        bus.clock().millis()));
    }

    /**
     * Tells copters to do something.
     *
     * @param copters their ids, in which {@code *} stands for any characters; empty: all that are there. One that has connected
     *     and is about to say who it is counts as being there
     * @return what became of it at each, in the order asked for
     */
    public CompletableFuture<List<FleetResult>> command(List<String> copters, String action, Fields kwargs) {
        return command(Asker.operator(""), copters, action, kwargs);
    }

    /** The same, asked for by {@code by}, who is written down with what is guarded. */
    public CompletableFuture<List<FleetResult>> command(Asker by, List<String> copters, String action, Fields kwargs) {
        return each(copters, (session, outcome) -> session.command(by, action, List.of(), kwargs, outcome));
    }

    /** Asks copters something; as {@link #command(Asker, List, String, Fields)}. */
    public CompletableFuture<List<FleetResult>> request(Asker by, List<String> copters, String name, Fields kwargs) {
        return each(copters, (session, outcome) -> session.request(by, name, List.of(), kwargs, outcome));
    }

    /** As the other, for the operator. */
    public CompletableFuture<List<FleetResult>> start(List<String> copters, Instant at) {
        return start(Asker.operator(""), copters, at);
    }

    /**
     * Starts the animation of copters at one instant: each is told it by its own clock, and one whose clock is not known well enough
     * is not started.
     *
     * @param by who wants it
     * @param copters their ids; empty: all that are there
     * @return what became of it at each; the value is how uncertain its clock is, in seconds
     */
    public CompletableFuture<List<FleetResult>> start(Asker by, List<String> copters, Instant at) {
        double instant = at.getEpochSecond() + at.getNano() / 1e9;
        return each(copters, (session, outcome) -> {
            ClockOffset.Estimate clock = session.offset().orElse(null);
            if (clock == null || clock.uncertainty() > settings.clockTolerance()) {
                String known = clock == null
                        ? "not known"
                        : String.format(Locale.ROOT, "known to %.3f s", clock.uncertainty());
                outcome.failed(new Failure(
                        Failure.Kind.REFUSED,
                        "its clock is " + known + " only, and " + settings.clockTolerance() + " s is allowed"));
                return;
            }
            String time = String.format(Locale.ROOT, "%.6f", instant + clock.seconds());
            session.command(by, "start", List.of(), Fields.of("time", Value.of(time)), outcome);
        });
    }

    /** As the other, for who does not care how it gets on. */
    public CompletableFuture<List<FleetResult>> sendFile(
            List<String> copters, FileSource file, String path, boolean evenIfArmed) {
        return sendFile(copters, file, path, evenIfArmed, FileProgress.NONE);
    }

    /**
     * Sends a file to copters; originals put it where {@code path} says, beside their program if it is relative.
     *
     * @param copters as for {@link #command(List, String, Fields)}
     * @param path in it, {@code {clover_dir}} stands for what the copter says of itself ({@code specs/clever.md} 2.4)
     * @param evenIfArmed else a copter whose motors may turn is not sent it
     * @return what became of it at each; an original does not say whether it could store it
     */
    public CompletableFuture<List<FleetResult>> sendFile(
            List<String> copters, FileSource file, String path, boolean evenIfArmed, FileProgress progress) {
        return each(
                copters,
                progress::ended,
                (session, outcome) ->
                        session.sendFile(file, path, evenIfArmed, new Watched(session, outcome, progress)));
    }

    /**
     * Takes a file of each of these copters into the hub, as a file of that copter ({@code clever:<copter>}).
     *
     * @param copters as for {@link #command(List, String, Fields)}
     * @param path where copters have it; its name in the hub too, without what would lead out of a folder
     * @return what became of it at each: the value is the length
     */
    public CompletableFuture<List<FleetResult>> fetchFile(List<String> copters, String path, FileProgress progress) {
        return each(
                copters,
                progress::ended,
                (session, outcome) -> session.fetchFile(path, new Watched(session, outcome, progress)));
    }

    /** An outcome whose progress somebody watches. */
    private record Watched(CleverSession session, Outcome outcome, FileProgress progress) implements Outcome {
        @Override
        public void done(Value value) {
            outcome.done(value);
        }

        @Override
        public void failed(Failure why) {
            outcome.failed(why);
        }

        @Override
        public void bytes(long bytes, long total) {
            progress.sent(session.id(), bytes, total);
        }
    }

    /** Says goodbye to everybody, and returns when what is known of them is kept. Not for a loop. */
    @Override
    public void close() {
        if (announcer != null) {
            announcer.close();
        }
        if (door != null) {
            door.close();
        }
        CompletableFuture.supplyAsync(this::end, loop).thenCompose(kept -> kept).join();
    }

    private CompletableFuture<Void> end() {
        stopped = true;
        List.copyOf(sessions).forEach(session -> session.end("the hub stops"));
        return lastKnown.close();
    }

    // ---- what sessions ask, on the loop

    /** Part of a topic that nobody can guess. */
    String secret() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    FleetSettings settings() {
        return settings;
    }

    Guard guard() {
        return guard;
    }

    LastKnown lastKnown() {
        return lastKnown;
    }

    /** {@code session} knows who it is. */
    void joined(CleverSession session) {
        fleet.joined(session).filter(CleverSession::online).ifPresent(before -> {
            LOG.warn("clever[{}] is there twice; the earlier connection ends", session.id(), EventCode.PARTY_REPLACED);
            before.end("another connection bears its id");
        });
        emergencies.tell(session);
        fleet.decided(session);
    }

    void left(CleverSession session) {
        sessions.remove(session);
        fleet.left(session);
    }

    Emergencies emergencies() {
        return emergencies;
    }

    // ---- inside

    private Optional<CleverParty> newcomer(InetSocketAddress remote) {
        if (stopped || !settings.welcomes(remote.getAddress())) {
            LOG.debug("clever[{}] may not connect", remote);
            return Optional.empty();
        }
        if (sessions.size() >= settings.connections()) {
            bus.counters().limit("clever.connections").reached();
            LOG.warn(
                    "clever[{}] may not connect: {} copters are there, the limit",
                    remote,
                    sessions.size(),
                    EventCode.PARTY_NOT_ADMITTED);
            return Optional.empty();
        }
        CleverSession session = new CleverSession(this, bus, loop, remote);
        CopterFiles files = new CopterFiles(
                bus.store().objects(),
                settings.files(),
                session::owner,
                limit -> bus.counters().limit(limit).reached(),
                info -> loop.execute(() -> session.stored(info)));
        CleverParty party = new CleverParty(loop, settings.conversation(files), disks, random, session);
        session.speaksThrough(party, files);
        sessions.add(session);
        fleet.arrived(session);
        return Optional.of(party);
    }

    private CompletableFuture<List<FleetResult>> each(List<String> copters, BiConsumer<CleverSession, Outcome> what) {
        return each(copters, result -> {}, what);
    }

    private CompletableFuture<List<FleetResult>> each(
            List<String> copters, Consumer<FleetResult> ended, BiConsumer<CleverSession, Outcome> what) {
        List<String> wanted = List.copyOf(copters);
        return CompletableFuture.supplyAsync(() -> fleet.each(wanted, ended, what), loop)
                .thenCompose(results -> results);
    }
}

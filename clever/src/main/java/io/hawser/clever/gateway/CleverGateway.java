package io.hawser.clever.gateway;

import io.hawser.clever.engine.CleverDoor;
import io.hawser.clever.engine.CleverParty;
import io.hawser.clever.engine.CleverSettings;
import io.hawser.clever.engine.Failure;
import io.hawser.clever.engine.Outcome;
import io.hawser.clever.engine.Question;
import io.hawser.clever.engine.file.FileSource;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.route.Bus;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Listener;
import io.hawser.net.Loop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
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
    /** So many copters that have gone are remembered. */
    private static final int MAX_GONE = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(CleverGateway.class);
    private static final Duration PATIENCE_OF_AN_EMERGENCY = Duration.ofSeconds(10);

    private final FleetSettings settings;
    private final CleverSettings conversation;
    private final Bus bus;
    private final Loop loop;
    private final Executor disks;
    private final Random random;
    private final Set<CleverSession> sessions = new LinkedHashSet<>();
    private final Map<String, CleverSession> fleet = new LinkedHashMap<>();
    private final Map<String, Emergency> emergencies = new HashMap<>();
    private @Nullable Listener door;
    private @Nullable Announcer announcer;
    private boolean stopped;

    /** What a copter must hear first when it comes back. */
    private record Emergency(Question question, Outcome outcome, Loop.Timer timer) {}

    /**
     * A gateway that joins {@code bus} when it is started.
     *
     * @param loop owns all of it
     * @param disks where files are read and written
     * @param random makes ids
     */
    public CleverGateway(FleetSettings settings, Bus bus, Loop loop, Executor disks, Random random) {
        this.settings = settings;
        this.conversation = settings.conversation();
        this.bus = bus;
        this.loop = loop;
        this.disks = disks;
        this.random = random;
    }

    /**
     * Lets copters in, and tells them where. Not for a loop.
     *
     * @return where copters connect
     * @throws io.hawser.net.CannotListenException if the port cannot be bound
     */
    public InetSocketAddress start() {
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

    /** Every copter that is there or was, in the order of their first coming. */
    public CompletableFuture<List<Copter>> copters() {
        return CompletableFuture.supplyAsync(
                () -> fleet.values().stream().map(CleverSession::copter).toList(), loop);
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
     * @param copters their ids; empty: all that are there
     * @return what became of it at each, in the order asked for
     */
    public CompletableFuture<List<FleetResult>> command(List<String> copters, String action, Fields kwargs) {
        return each(copters, (session, outcome) -> session.command(action, List.of(), kwargs, outcome));
    }

    /** Asks copters something; as {@link #command}. */
    public CompletableFuture<List<FleetResult>> request(List<String> copters, String name, Fields kwargs) {
        return each(copters, (session, outcome) -> session.request(name, List.of(), kwargs, outcome));
    }

    /**
     * Starts the animation of copters at one instant: each is told it by its own clock, and one whose clock is not known well enough
     * is not started.
     *
     * @param copters their ids; empty: all that are there
     * @return what became of it at each; the value is how uncertain its clock is, in seconds
     */
    public CompletableFuture<List<FleetResult>> start(List<String> copters, Instant at) {
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
            session.command("start", List.of(), Fields.of("time", Value.of(time)), outcome);
        });
    }

    /**
     * Sends a file to copters; originals put it where {@code path} says, beside their program if it is relative.
     *
     * @param copters their ids; empty: all that are there
     * @param evenIfArmed else a copter whose motors may turn is not sent it
     * @return what became of it at each; an original does not say whether it could store it
     */
    public CompletableFuture<List<FleetResult>> sendFile(
            List<String> copters, FileSource file, String path, boolean evenIfArmed) {
        return each(copters, (session, outcome) -> {
            if (!evenIfArmed && session.copter().armed()) {
                outcome.failed(new Failure(Failure.Kind.REFUSED, "it is armed, and a file keeps commands waiting"));
            } else {
                session.party().sendFile(file, path, outcome);
            }
        });
    }

    /** Says goodbye to everybody. Not for a loop. */
    @Override
    public void close() {
        if (announcer != null) {
            announcer.close();
        }
        if (door != null) {
            door.close();
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            stopped = true;
            List.copyOf(sessions).forEach(session -> session.end("the hub stops"));
            done.complete(null);
        });
        done.join();
    }

    // ---- what sessions ask, on the loop

    FleetSettings settings() {
        return settings;
    }

    /** {@code session} knows who it is. */
    void joined(CleverSession session) {
        CleverSession before = fleet.put(session.id(), session);
        if (before != null && before.online()) {
            LOG.warn("clever[{}] is there twice; the earlier connection ends", session.id());
            before.end("another connection bears its id");
        }
        Emergency emergency = emergencies.remove(session.id());
        if (emergency != null) {
            emergency.timer().cancel();
            try {
                session.party().send(emergency.question(), emergency.outcome());
            } catch (ProtocolException e) {
                emergency.outcome().failed(new Failure(Failure.Kind.REFUSED, e.reason()));
            }
        }
    }

    void left(CleverSession session) {
        sessions.remove(session);
        if (fleet.size() > MAX_GONE) {
            fleet.values().stream()
                    .filter(gone -> !gone.online())
                    .findFirst()
                    .ifPresent(gone -> fleet.remove(gone.id()));
        }
    }

    /** The copter {@code id} must hear {@code question} first when it is back, if that is soon. */
    void rememberEmergency(String id, Question question, Outcome outcome) {
        Loop.Timer timer = loop.schedule(PATIENCE_OF_AN_EMERGENCY, () -> {
            Emergency late = emergencies.remove(id);
            if (late != null) {
                late.outcome()
                        .failed(new Failure(
                                Failure.Kind.EXPIRED,
                                "it did not come back within " + PATIENCE_OF_AN_EMERGENCY.toSeconds() + " s"));
            }
        });
        Emergency before = emergencies.put(id, new Emergency(question, outcome, timer));
        if (before != null) {
            before.timer().cancel();
            before.outcome().failed(new Failure(Failure.Kind.REFUSED, "'" + question.name() + "' took its place"));
        }
    }

    // ---- inside

    private Optional<CleverParty> newcomer(InetSocketAddress remote) {
        if (stopped || !settings.welcomes(remote.getAddress())) {
            LOG.debug("clever[{}] may not connect", remote);
            return Optional.empty();
        }
        CleverSession session = new CleverSession(this, bus, loop, remote);
        CleverParty party = new CleverParty(loop, conversation, disks, random, session);
        session.speaksThrough(party);
        sessions.add(session);
        return Optional.of(party);
    }

    private CompletableFuture<List<FleetResult>> each(List<String> copters, BiConsumer<CleverSession, Outcome> what) {
        CompletableFuture<CompletableFuture<List<FleetResult>>> all = CompletableFuture.supplyAsync(
                () -> {
                    List<String> ids = copters.isEmpty() ? present() : copters;
                    List<CompletableFuture<FleetResult>> results = new ArrayList<>();
                    ids.forEach(id -> results.add(one(id, what)));
                    return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                            .thenApply(done -> results.stream()
                                    .map(CompletableFuture::join)
                                    .toList());
                },
                loop);
        return all.thenCompose(results -> results);
    }

    private List<String> present() {
        return fleet.values().stream()
                .filter(CleverSession::online)
                .map(CleverSession::id)
                .toList();
    }

    private CompletableFuture<FleetResult> one(String id, BiConsumer<CleverSession, Outcome> what) {
        CleverSession session = fleet.get(id);
        if (session == null || !session.online()) {
            return CompletableFuture.completedFuture(
                    FleetResult.failed(id, session == null ? "there is no copter of that id" : "it is offline"));
        }
        CompletableFuture<FleetResult> result = new CompletableFuture<>();
        what.accept(session, new Outcome() {
            @Override
            public void done(Value value) {
                result.complete(FleetResult.done(id, value));
            }

            @Override
            public void failed(Failure why) {
                result.complete(FleetResult.failed(id, why.reason()));
            }
        });
        return result;
    }
}

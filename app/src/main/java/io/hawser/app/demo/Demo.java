package io.hawser.app.demo;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Fields;
import io.hawser.iot.link.LinkException;
import io.hawser.ivy.IvyClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A story with all four on one hub: a flight on Ivy, an operator on eFTL, three copters of clever-show and a wind mast of Oracle IoT CS.
 * The operator sees where everybody is and lets them fly; the mast measures the wind, and its alert makes the flight turn home and the
 * copters land; the operator asks a copter where it is, and lets the mast sound its horn. Then it begins again.
 *
 * <p>Belongs to whoever starts it; {@code steps} to the thread on which it plays.
 */
public final class Demo implements AutoCloseable {
    /** How many steps the whole story has. */
    public static final int STEPS = 10;

    private static final int COPTERS = 3;
    private static final int PAUSES = 20;
    private static final int PAUSE_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<String> ORDERS = List.of("climb 120", "heading 90", "descend 80", "circle");

    private final Tally tally = new Tally(System::nanoTime);
    private final Narrator narrator;
    private final CountDownLatch copters = new CountDownLatch(COPTERS);
    private final Deque<Runnable> parties = new ArrayDeque<>();
    private final Operator operator;
    private final WindMast mast;
    private final FlightAgent flight;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "hawser-demo");
        created.setDaemon(true);
        return created;
    });
    private int steps;

    /**
     * Lets all of them join.
     *
     * @param hub has been {@link #told} what the story needs
     * @param bus the Ivy bus that it has joined
     * @param folder for the files of the device
     * @param clock the copters'
     * @param lines are told what crosses from one protocol to another, on whatever thread it does
     * @throws LinkException if the hub does not let the device in
     * @throws IOException if the file that the device is given cannot be written or used
     */
    public Demo(Hub hub, String bus, Path folder, InstantSource clock, Consumer<String> lines)
            throws LinkException, IOException {
        narrator = new Narrator(tally, lines);
        try {
            operator = new Operator(hub.eftlUrl(), narrator);
            parties.push(operator::close);
            mast = WindMast.raise(hub.iot().orElseThrow(), folder, narrator);
            parties.push(mast::close);
            String station = "127.0.0.1:" + hub.cleverAddress().orElseThrow().getPort();
            DemoFleet fleet = new DemoFleet(COPTERS, station, clock, new Copters());
            parties.push(fleet::close);
            flight = new FlightAgent(bus, narrator);
            parties.push(flight::close);
        } catch (LinkException | IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /**
     * Tells a hub for development what the story needs: fields of the flight's texts and of the copters' reports, what an alert makes
     * of flight and copters, and nobody else's copters.
     */
    public static ConfigReader told(ConfigReader hub) {
        String who = "hawser demo";
        String alert = "iot/*/alert/" + WindMast.GUST;
        return hub.flag(who, "ivy.local.patterns", List.of("^(?<ac>\\S+) (?<msg>GPS) (?<lat>\\S+) (?<lon>\\S+)"))
                .flag(who, "texts", List.of(alert + " CMD " + Flight.ID + " " + FlightAgent.HOME))
                .flag(who, "relays", List.of(alert + " clever/all/land"))
                .flag(who, "clever.telemetry", "fields")
                .flag(who, "clever.announce.enabled", false)
                .flag(who, "data", "");
    }

    /** What the copters do and say. */
    private final class Copters implements CopterWatch {
        @Override
        public void obeyed(String copter, String action, Fields how) {
            narrator.heard(
                    action.equals("land") ? Way.IOT_TO_CLEVER : Way.EFTL_TO_CLEVER,
                    copter + " " + action,
                    copter + " obeys: " + action + (how.isEmpty() ? "" : " " + how));
        }

        @Override
        public void reported(String copter, Fields telemetry) {
            narrator.said(Way.CLEVER_TO_EFTL, Operator.report(copter, telemetry.find("time_delta")));
        }

        @Override
        public void met(String copter) {
            copters.countDown();
        }
    }

    /** What has been counted so far. */
    public Tally tally() {
        return tally;
    }

    /** Plays the story again and again, a step each {@code pace}, as soon as everybody is there. */
    public void play(Duration pace) {
        meet();
        flight.takeOff();
        var unused = thread.scheduleAtFixedRate(this::step, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whoever does not come in time is missing in the tally. */
    private void meet() {
        CompletableFuture<IvyClient> hub = flight.meets("HAWSER", PATIENCE);
        try {
            boolean unused = copters.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            hub.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException alone) {
            narrator.tell("no hub is on the Ivy bus");
        }
    }

    private void step() {
        int round = steps / STEPS;
        switch (steps++ % STEPS) {
            case 0 -> operator.order(ORDERS.get(round % ORDERS.size()));
            case 1 -> operator.takeOff(COPTERS);
            case 2 -> mast.measure(6.2);
            case 3 -> operator.askWhere(DemoFleet.id(1 + round % COPTERS));
            case 4 -> mast.measure(11.5);
            case 5 -> mast.warn(17.9, COPTERS);
            case 6 -> operator.soundHorn();
            case 7 -> mast.measure(4.8);
            default -> {} // calm
        }
    }

    /** Says nothing more and waits a moment for what is on its way. */
    public void settle() {
        thread.shutdownNow();
        flight.land();
        try {
            for (int i = 0; i < PAUSES && !tally.settled(); i++) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        while (!parties.isEmpty()) {
            parties.pop().run();
        }
    }
}

package io.hawser.app.demo;

import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A {@link Flight} on an Ivy bus: sends its texts ten times a second and obeys {@code CMD} texts, on a thread of its own. */
final class FlightAgent implements AutoCloseable {
    /** What an alert makes of it; operators say everything else. */
    static final String HOME = "home";

    private static final Duration STEP = Duration.ofMillis(100);

    private final Flight flight = new Flight();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "hawser-flight");
        created.setDaemon(true);
        return created;
    });
    private final IvyAgent agent;
    private final Narrator narrator;
    /** Owner: whoever lets it take off and land. */
    private Future<?> steps = CompletableFuture.completedFuture(null);

    /** Joins the bus {@code domain}; {@code narrator} is told what it says and what it does. */
    FlightAgent(String domain, Narrator narrator) {
        this.narrator = narrator;
        this.agent = IvyAgent.join("SIM_" + Flight.ID, domain);
        agent.bind("^CMD (\\S+) (.*)", this::obey);
    }

    private void obey(IvyClient client, List<String> words) {
        if (words.get(0).equals(Flight.ID)) {
            String order = words.get(1);
            boolean home = order.equals(HOME);
            narrator.heard(
                    home ? Way.IOT_TO_IVY : Way.EFTL_TO_IVY,
                    order,
                    "flight " + Flight.ID + (home ? " turns home" : " obeys: " + order));
            thread.execute(() -> flight.obey(order));
        }
    }

    /** Completes when the agent {@code name} is there to hear it; exceptionally if it does not come. */
    CompletableFuture<IvyClient> meets(String name, Duration patience) {
        return agent.waitForClient(name, patience);
    }

    /** Takes off: from now on it says where it is. */
    void takeOff() {
        steps = thread.scheduleAtFixedRate(this::step, 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lands: nothing is said any more, but the agent still listens. */
    void land() {
        steps.cancel(false);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        agent.close();
    }

    private void step() {
        flight.fly(STEP);
        agent.send(flight.attitude());
        String gps = flight.gps();
        narrator.said(Way.IVY_TO_EFTL, gps);
        agent.send(gps);
        agent.send(flight.battery());
    }
}

package io.hawser.app.demo;

import io.hawser.ivy.IvyAgent;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@link Flight} on an Ivy bus: sends its texts ten times a second and obeys {@code CMD} texts, on a thread of its own. */
final class FlightAgent implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(100);

    private final Flight flight = new Flight();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "hawser-flight");
        created.setDaemon(true);
        return created;
    });
    private final IvyAgent agent;
    private final Tally tally;
    private final Future<?> steps;

    /** Joins the bus {@code domain}; {@code heard} is told each command, in the form {@code CMD 7 climb 120}. */
    FlightAgent(String domain, Tally tally, Consumer<String> heard) {
        this.tally = tally;
        this.agent = IvyAgent.join("SIM_" + Flight.ID, domain);
        agent.bind("^CMD (\\S+) (.*)", (client, words) -> {
            if (words.get(0).equals(Flight.ID)) {
                tally.heardByIvy();
                heard.accept("CMD " + words.get(0) + " " + words.get(1));
                thread.execute(() -> flight.obey(words.get(1)));
            }
        });
        steps = thread.scheduleAtFixedRate(this::step, 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lands: no text is sent any more, but the agent still listens. */
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
        if (agent.send(flight.gps()).agents() > 0) {
            tally.sentByIvy();
        }
        agent.send(flight.battery());
    }
}

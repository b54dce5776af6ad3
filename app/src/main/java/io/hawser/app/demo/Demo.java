package io.hawser.app.demo;

import io.hawser.app.text.SafeText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A flight on Ivy and an operator on eFTL, who meet on a hub: the operator hears where the aircraft is and tells it where
 * to go. Whoever starts it closes it.
 */
public final class Demo implements AutoCloseable {
    /** Makes fields of the flight's GPS texts. */
    public static final String PATTERN = "^(?<ac>\\S+) (?<msg>GPS) (?<lat>\\S+) (?<lon>\\S+)";

    private static final int PAUSES = 20;
    private static final int PAUSE_MILLIS = 50;
    private static final List<String> COMMANDS = List.of("climb 120", "heading 90", "descend 80", "circle");

    private final Tally tally = new Tally();
    private final Consumer<String> crossed;
    private final EftlConnection operator;
    private final FlightAgent flight;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "hawser-operator");
        created.setDaemon(true);
        return created;
    });
    private int commands;

    /**
     * Starts both.
     *
     * @param url the hub's default channel
     * @param domain the Ivy bus that the hub has joined with {@link #PATTERN}
     * @param crossed is told each message that has crossed, on whatever thread it did
     */
    public Demo(String url, String domain, Consumer<String> crossed) {
        this.crossed = crossed;
        operator =
                Eftl.connect(url, EftlOptions.defaults().clientId("operator")).join();
        operator.subscribe(SubscribeOptions.matching("{\"msg\":\"GPS\"}"), this::heard)
                .join();
        flight = new FlightAgent(domain, tally, command -> crossed.accept("eftl → ivy  " + SafeText.of(command)));
        thread.scheduleAtFixedRate(this::command, 500, 1000, TimeUnit.MILLISECONDS);
    }

    /** What has been counted so far. */
    public Tally tally() {
        return tally;
    }

    /** Sends nothing more and waits a moment for what is on its way. */
    public void settle() {
        thread.shutdown();
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
        flight.close();
        operator.close();
    }

    private void heard(EftlMessage message) {
        tally.heardByEftl();
        Fields fields = message.fields();
        crossed.accept("ivy → eftl  " + said(fields, "ac") + " " + said(fields, "msg") + " " + said(fields, "lat") + " "
                + said(fields, "lon"));
    }

    private void command() {
        String text = "CMD " + Flight.ID + " " + COMMANDS.get(commands++ % COMMANDS.size());
        tally.sentByEftl();
        operator.publish(EftlMessage.of(
                Fields.builder().put("_dest", "demo/cmd").put("text", text).build()));
    }

    private static String said(Fields fields, String name) {
        return fields.get(name)
                .map(value -> value instanceof Value.Str text ? SafeText.of(text.value()) : value.toString())
                .orElse("?");
    }
}

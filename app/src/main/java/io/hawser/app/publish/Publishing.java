package io.hawser.app.publish;

import io.hawser.app.command.HubLink;
import io.hawser.app.command.HubMessage;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Messages on their way to the hub, and what it answered. Belongs to one command. */
final class Publishing {
    /** So many wait for the hub's answer at most. */
    private static final int AHEAD = 500;

    private static final double NANOS_A_MILLI = 1e6;
    private static final double NANOS_A_SECOND = 1e9;

    private final EftlConnection connection;
    private final Duration patience;
    private final int ahead;
    private final Consumer<Published> told;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final long begun = System.nanoTime();
    private long messages;
    private long bytes;
    private long receivers;

    /**
     * Nothing is on its way yet.
     *
     * @param patience how long the hub may take to answer
     * @param each true if {@code told} hears of each message before the next one goes
     */
    Publishing(EftlConnection connection, Duration patience, boolean each, Consumer<Published> told) {
        this.connection = connection;
        this.patience = patience;
        this.ahead = each ? 0 : AHEAD;
        this.told = each ? told : one -> {};
    }

    /** What the hub has acknowledged, and how long that took. */
    record Published(String topic, int bytes, int receivers, double millis) {
        Fields row() {
            return Fields.builder()
                    .put("topic", topic)
                    .put("bytes", bytes)
                    .put("receivers", receivers)
                    .put("ms", millis)
                    .build();
        }
    }

    private record Sent(String topic, int bytes, long at, CompletableFuture<Integer> answer) {}

    /** Sends one more. */
    void publish(String topic, Fields fields) {
        long now = System.nanoTime();
        sent.add(new Sent(topic, JsonText.size(fields), now, connection.publish(HubMessage.addressed(topic, fields))));
        if (sent.size() > ahead) {
            settle();
        }
    }

    /** Waits for all that the hub has not answered. */
    void finish() {
        while (!sent.isEmpty()) {
            settle();
        }
    }

    private void settle() {
        Sent one = sent.remove();
        int heard = HubLink.answer(one.answer(), patience);
        double millis = Math.round((System.nanoTime() - one.at()) / NANOS_A_MILLI * 10) / 10.0;
        messages++;
        bytes += one.bytes();
        receivers += heard;
        told.accept(new Published(one.topic(), one.bytes(), heard, millis));
    }

    /** All of it in a line. */
    String summary() {
        double seconds = (System.nanoTime() - begun) / NANOS_A_SECOND;
        return String.format(
                Locale.ROOT,
                "published %s, %d bytes → %s in %.1f s",
                counted(messages, "message"),
                bytes,
                counted(receivers, "reception"),
                seconds);
    }

    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}

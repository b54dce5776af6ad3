package io.hawser.iot.dispatch.request;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Sends test messages at intervals, because the server asked for them ({@code specs/iot.md} 3.5). Asked from any thread; the
 * sending is the loop's.
 */
public final class ConnectivityTest {
    /** What its messages are. */
    public static final String FORMAT = "urn:oracle:iot:dcd:capability:diagnostics:test_message";

    private static final int LARGEST = 4_096;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private final Loop loop;
    private final Consumer<Fields> sender;
    private final AtomicReference<Run> run = new AtomicReference<>(new Run(0, false, 0, 0, 0, 0));

    private record Run(long number, boolean active, long count, long current, long interval, int size) {
        Run sent() {
            return new Run(number, current + 1 < count, count, current + 1, interval, size);
        }

        Run stopped() {
            return new Run(number, false, count, current, interval, size);
        }
    }

    /** {@code sender} sends data of {@link #FORMAT}, or does not if the queue is full. */
    public ConnectivityTest(Loop loop, Consumer<Fields> sender) {
        this.loop = loop;
        this.sender = sender;
    }

    /** How it stands. */
    public Answer state() {
        Run now = now();
        return Answer.json(
                OK,
                Fields.builder()
                        .put("active", Value.of(now.active))
                        .put("count", Value.of(now.count))
                        .put("currentCount", Value.of(now.current))
                        .put("interval", Value.of(now.interval))
                        .put("size", Value.of((long) now.size))
                        .build());
    }

    /** Starts or stops, as {@code wish} says. */
    public Answer change(Fields wish) {
        if (!(wish.find("active") instanceof Value.Bool active)) {
            return Answer.text(BAD_REQUEST, "active must be true or false");
        }
        if (!active.value()) {
            stop();
            return Answer.of(OK);
        }
        long count = number(wish, "count");
        long interval = number(wish, "interval");
        long size = number(wish, "size");
        if (count < 1 || interval < 1 || size < 0 || size > LARGEST) {
            return Answer.text(BAD_REQUEST, "count and interval must be at least 1, and size 0 to " + LARGEST);
        }
        Run before = now();
        Run started = new Run(before.number + 1, true, count, 0, interval, (int) size);
        if (before.active || !run.compareAndSet(before, started)) {
            return Answer.text(CONFLICT, "a test is running; stop it first");
        }
        loop.execute(() -> later(started));
        return Answer.of(OK);
    }

    /** Sends nothing more. */
    public void stop() {
        run.updateAndGet(Run::stopped);
    }

    private Run now() {
        return Objects.requireNonNull(run.get());
    }

    private void later(Run started) {
        loop.schedule(Duration.ofMillis(started.interval), () -> send(started.number));
    }

    private void send(long number) {
        Run before = now();
        Run after = before.sent();
        if (before.number != number || !before.active || !run.compareAndSet(before, after)) {
            return;
        }
        sender.accept(Fields.builder()
                .put("count", Value.of(after.count))
                .put("current", Value.of(after.current))
                .put("payload", Value.of("\0".repeat(after.size)))
                .build());
        if (after.active) {
            later(after);
        }
    }

    /** -1 if it is no integer. */
    private static long number(Fields wish, String name) {
        return wish.find(name) instanceof Value.Int number ? number.value() : -1;
    }
}

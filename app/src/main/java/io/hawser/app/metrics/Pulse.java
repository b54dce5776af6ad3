package io.hawser.app.metrics;

import io.hawser.net.Loop;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Asks each event loop for a sign of life, and tells how long it took. Each run asks once; runs of one thread. */
public final class Pulse implements Runnable {
    private static final double NANOS = 1e9;

    private final List<Loop> loops;
    private final DoubleConsumer seconds;

    /** Of {@code loops}; {@code seconds} is told on the loop. */
    public Pulse(List<Loop> loops, DoubleConsumer seconds) {
        this.loops = List.copyOf(loops);
        this.seconds = seconds;
    }

    @Override
    public void run() {
        for (Loop loop : loops) {
            long asked = System.nanoTime();
            loop.execute(() -> seconds.accept((System.nanoTime() - asked) / NANOS));
        }
    }
}

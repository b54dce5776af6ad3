package io.hawser.app.bench;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a hub that takes a moment to know who has come. */
final class Ready {
    private static final Duration PERIOD = Duration.ofMillis(20);

    private Ready() {}

    /** Returns when {@code ready} says so; else {@code load} is closed, and the command ends with {@code otherwise}. */
    static void await(BooleanSupplier ready, Duration patience, String otherwise, Load load) {
        long end = System.nanoTime() + patience.toNanos();
        try (Shutdown shutdown = new Shutdown()) {
            while (!ready.getAsBoolean()) {
                if (System.nanoTime() > end || shutdown.asked(PERIOD)) {
                    load.close();
                    throw new Failure(Exit.NO_CONNECTION, otherwise);
                }
            }
        }
    }
}

package io.hawser.app.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as something that a command waits for: when one comes, the command ends as usual on its own thread,
 * and the process ends after {@link #close}.
 */
final class Shutdown implements AutoCloseable {
    /** Longer than anybody runs a command. */
    static final Duration NEVER = Duration.ofDays(100_000);

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** From now on the process waits for this command, though not for ever. */
    Shutdown() {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            asked.countDown();
                            await(closed, PATIENCE);
                        },
                        "hawser-shutdown"));
    }

    /** Somebody wants the command to end. Callable from any thread. */
    void ask() {
        asked.countDown();
    }

    /** Returns when somebody wants the command to end, or after {@code limit}. */
    void await(Duration limit) {
        await(asked, limit);
    }

    /** The command has ended. */
    @Override
    public void close() {
        closed.countDown();
    }

    private static void await(CountDownLatch latch, Duration limit) {
        try {
            boolean unused = latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

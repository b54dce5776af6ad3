package io.hawser.app.terminal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as something that a command waits for: when one comes, the command ends as usual on its own thread,
 * and the process ends after {@link #close}. Java then says 128 and the signal's number, which service managers take for a
 * failure, unless the command says something else.
 */
public final class Shutdown implements AutoCloseable {
    /** Longer than anybody runs a command. */
    public static final Duration NEVER = Duration.ofDays(100_000);

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<Exit> end = Optional.empty();

    /** From now on the process waits for this command, though not for ever. */
    public Shutdown() {
        this(Duration.ZERO);
    }

    /** The same; once it is asked to end the command may take {@code more} than others. */
    public Shutdown(Duration more) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            boolean signalled = closed.getCount() > 0;
                            asked.countDown();
                            await(closed, PATIENCE.plus(more));
                            if (signalled) {
                                end.ifPresent(exit -> Runtime.getRuntime().halt(exit.code()));
                            }
                        },
                        "hawser-shutdown"));
    }

    /** Somebody wants the command to end. Callable from any thread. */
    public void ask() {
        asked.countDown();
    }

    /** Returns when somebody wants the command to end, or after {@code limit}. */
    public void await(Duration limit) {
        await(asked, limit);
    }

    /** Waits for {@code limit} at most, to the nanosecond; true if somebody wants the command to end. */
    public boolean asked(Duration limit) {
        try {
            return asked.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What the process ends with, if a signal was what ended the command; nothing is left to be done after {@link #close}. */
    public void endsWith(Exit exit) {
        end = Optional.of(exit);
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

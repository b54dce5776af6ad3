package io.hawser.clever.engine.file;

import io.hawser.net.Loop;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Does on the disk's threads what may take long, and tells the loop. Callable on the loop.
 *
 * @param threads may run several tasks at a time; whoever wants order waits for the answer before the next
 */
public record Disk(Executor threads, Loop loop) {
    /** Work that may fail. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /** Runs {@code work}; one of {@code done} and {@code failed} hears what became of it, on the loop. */
    public <T> void run(Work<T> work, Consumer<T> done, Consumer<String> failed) {
        try {
            threads.execute(() -> {
                Runnable answer = outcome(work, done, failed);
                try {
                    loop.execute(answer);
                } catch (RejectedExecutionException over) {
                    assert over != null : "the loop has ended, and with it everybody who could hear";
                }
            });
        } catch (RejectedExecutionException over) {
            failed.accept("the library is closing");
        }
    }

    private static <T> Runnable outcome(Work<T> work, Consumer<T> done, Consumer<String> failed) {
        try {
            T result = work.run();
            return () -> done.accept(result);
        } catch (IOException | RuntimeException e) {
            String reason = reason(e);
            return () -> failed.accept(reason);
        }
    }

    /** The words of the system are often the path alone. */
    private static String reason(Exception e) {
        String kind = e.getClass().getSimpleName().replaceAll("(Exception)$", "");
        return kind.equals("IO") ? String.valueOf(e.getMessage()) : kind + ": " + e.getMessage();
    }
}

package io.hawser.iot.link;

import io.hawser.net.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** How a blocking method waits for the loop; on the loop itself it would wait for ever, so there it is refused. */
public record Waits(Loop loop) {
    /**
     * What {@code future} completes with.
     *
     * @throws LinkException the one that it fails with
     * @throws IllegalStateException on the loop
     */
    public <T> T on(CompletableFuture<T> future) throws LinkException {
        requireElsewhere();
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw LinkException.unreachable("interrupted while waiting for the server", interrupted);
        } catch (ExecutionException failed) {
            throw known(failed);
        }
    }

    /**
     * Refuses the thread that it would wait for.
     *
     * @throws IllegalStateException on the loop
     */
    public void requireElsewhere() {
        if (loop.inLoop()) {
            throw new IllegalStateException("this call waits for the thread it is made on; make it on another one");
        }
    }

    private static LinkException known(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof CompletionException wrapper) {
            cause = wrapper.getCause();
        }
        if (cause instanceof LinkException known) {
            return known;
        }
        throw new IllegalStateException("a call to the server failed in an unknown way", failed);
    }
}

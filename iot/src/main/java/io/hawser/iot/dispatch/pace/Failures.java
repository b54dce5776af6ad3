package io.hawser.iot.dispatch.pace;

import io.hawser.iot.link.LinkException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What a failed call to the server failed with. */
public final class Failures {
    private Failures() {}

    /** What {@code failure} is about, without what futures put around it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** The future of {@code call}; one that failed if it throws, so that nobody waits for ever. */
    public static <T> CompletableFuture<T> caught(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** A link fails with a {@link LinkException}; whatever else it is, is treated as if nobody had answered. */
    public static LinkException of(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof LinkException known
                ? known
                : LinkException.unreachable("the call failed: " + cause, cause);
    }
}

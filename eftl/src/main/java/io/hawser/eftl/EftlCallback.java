package io.hawser.eftl;

import java.util.concurrent.CompletableFuture;

/**
 * Hears what became of one operation, for programs that like the original's callbacks better than futures. Called once, on the
 * connection's executor.
 *
 * @param <T> what the operation gives
 */
@FunctionalInterface
public interface EftlCallback<T> {
    /** It is done. */
    void completed(T result);

    /** It is not done, or nobody knows. */
    default void failed(EftlException why) {}

    /**
     * Tells {@code callback} what becomes of {@code operation}:
     * {@code EftlCallback.tell(connection.publish(message), receivers -> ...)}. A program that cancels the future hears nothing.
     */
    static <T> void tell(CompletableFuture<T> operation, EftlCallback<? super T> callback) {
        var unused = operation.whenComplete((result, failure) -> {
            if (failure == null) {
                callback.completed(result);
            } else if (failure instanceof EftlException why) {
                callback.failed(why);
            }
        });
    }
}

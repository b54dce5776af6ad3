package io.hawser.core.store.shelf;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where work on one shelf is handed in, from any thread; it is done in the order of the calls, on the store's thread. */
public interface Desk {
    /**
     * Does {@code work}; {@code done}, which it returns, hears why if it is not done or not kept.
     *
     * @param bytes about how much it writes
     */
    <T> CompletableFuture<T> submit(long bytes, CompletableFuture<T> done, Consumer<Turn> work);

    /** Does {@code work}; nobody waits for it. */
    default void later(Consumer<Turn> work) {
        submit(0, new CompletableFuture<>(), work);
    }
}

package io.hawser.core.store.ledger;

import io.hawser.core.message.Message;
import io.hawser.core.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where work for the owner of a ledger is handed in. Callable from any thread. */
public interface Desk {
    /**
     * Does on the caller's thread what can be done there to keep {@code message}, and returns about how many bytes it is.
     *
     * @throws StoreException if it cannot be kept
     */
    int prepare(Message message);

    /** Has {@code work} done after what was handed in before; {@code done}, which it returns, hears why if it is not. */
    <T> CompletableFuture<T> submit(long bytes, CompletableFuture<T> done, Consumer<Turn> work);

    /** As {@link #submit}, for what makes the store grow: refused where there is no room. */
    default <T> CompletableFuture<T> grow(long bytes, CompletableFuture<T> done, Consumer<Turn> work) {
        return submit(bytes, done, work);
    }

    /** Has {@code work} done after what was handed in before; nobody waits for it. */
    void later(Consumer<Turn> work);
}

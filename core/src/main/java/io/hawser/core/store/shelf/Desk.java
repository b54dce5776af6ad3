package io.hawser.core.store.shelf;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where work on one shelf is handed in, from any thread; it is done in the order of the calls, on the store's thread. */
public interface Desk {
    /**
     * Does {@code work}; {@code done}, which it returns, hears why if it is not done or not kept.
     *
     * @param bytes about how much it writes
     */
    <T> CompletableFuture<T> submit(long bytes, CompletableFuture<T> done, Consumer<Turn> work);

    /** As {@link #submit}, for what makes the data grow: not done, and {@code done} hears why, while there is no room. */
    <T> CompletableFuture<T> grow(long bytes, CompletableFuture<T> done, Consumer<Turn> work);

    /**
     * Does {@code work} and completes with what it says, or with why it was refused, when all that it saw is safe.
     *
     * @param bytes about how much it writes
     */
    default <T> CompletableFuture<T> ask(long bytes, Function<Turn, T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        return submit(bytes, done, answer(done, work));
    }

    /** As {@link #ask}, for what makes the data grow. */
    default <T> CompletableFuture<T> askMore(long bytes, Function<Turn, T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        return grow(bytes, done, answer(done, work));
    }

    private static <T> Consumer<Turn> answer(CompletableFuture<T> done, Function<Turn, T> work) {
        return turn -> {
            try {
                T said = work.apply(turn);
                turn.afterwards(() -> done.complete(said));
            } catch (Refusal refused) {
                turn.afterwards(() -> done.completeExceptionally(refused.why()));
            }
        };
    }

    /** Does {@code work}; nobody waits for it. */
    default void later(Consumer<Turn> work) {
        submit(0, new CompletableFuture<>(), work);
    }
}

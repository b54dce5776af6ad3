package io.hawser.core.store.object;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Runs what callers ask for on the owner of a catalog, and turns what goes wrong there into futures that fail. */
final class ObjectThread {
    private final StoreThread thread;
    /** Owner: the thread. */
    private boolean closed;

    ObjectThread(StoreThread thread) {
        this.thread = thread;
    }

    /** Does {@code task}, which completes the future that this returns. */
    <T> CompletableFuture<T> submit(Consumer<CompletableFuture<T>> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        run(done, () -> {
            if (closed) {
                throw StoreException.closed();
            }
            task.accept(done);
        });
        return done;
    }

    /** Does {@code task} after what was asked for before; {@code done} hears what goes wrong. */
    void run(CompletableFuture<?> done, Runnable task) {
        try {
            thread.executor().execute(() -> attempt(done, task));
        } catch (RejectedExecutionException ended) {
            done.completeExceptionally(StoreException.closed());
        }
    }

    /** Does {@code next} once the medium has done what {@code kept} stands for; {@code done} hears what goes wrong. */
    void after(CompletableFuture<Void> kept, CompletableFuture<?> done, Runnable next) {
        kept.whenCompleteAsync(
                (nothing, failure) -> {
                    if (failure == null) {
                        attempt(done, next);
                    } else {
                        done.completeExceptionally(failure);
                    }
                },
                thread.executor());
    }

    private static void attempt(CompletableFuture<?> done, Runnable task) {
        try {
            task.run();
        } catch (StoreException refused) {
            done.completeExceptionally(refused);
        } catch (RuntimeException bug) {
            done.completeExceptionally(new StoreException("the store of objects failed: " + bug, bug));
        }
    }

    /** Does {@code task} after {@code delay}, unless everything has ended by then. */
    void later(Duration delay, Runnable task) {
        if (!closed) {
            thread.timer().accept(delay, task);
        }
    }

    long now() {
        return thread.now();
    }

    /** From now on nothing new is done. */
    void close() {
        closed = true;
    }
}

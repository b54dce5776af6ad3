package io.hawser.core.store.shelf;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Work on a shelf in memory: each piece is a turn of its own. Owner of all state is the store's thread. */
public final class MemoryDesk implements Desk {
    private final StoreThread thread;
    private final MemoryShelf shelf;
    private final Book book;
    private long alarm = Long.MAX_VALUE;
    private boolean closed;

    /** Works on {@code shelf}, on which {@code book} lives. */
    public MemoryDesk(StoreThread thread, MemoryShelf shelf, Book book) {
        this.thread = thread;
        this.shelf = shelf;
        this.book = book;
    }

    @Override
    public <T> CompletableFuture<T> submit(long bytes, CompletableFuture<T> done, Consumer<Turn> work) {
        thread.executor().execute(() -> {
            if (closed) {
                done.completeExceptionally(StoreException.closed());
            } else {
                turn(work);
            }
        });
        return done;
    }

    /** What is in memory is bounded by the limits of what lives on the shelf. */
    @Override
    public <T> CompletableFuture<T> grow(long bytes, CompletableFuture<T> done, Consumer<Turn> work) {
        return submit(bytes, done, work);
    }

    /** Completes what was accepted, then takes nothing more. */
    public void close() {
        thread.executor().execute(() -> closed = true);
    }

    private void turn(Consumer<Turn> work) {
        MemoryTurn turn = new MemoryTurn(thread.now());
        work.accept(turn);
        book.turn(turn);
        turn.news.forEach(Runnable::run);
        wake();
    }

    /** Sees to it that the book gets a turn when it is due. */
    private void wake() {
        long due = book.due();
        if (closed || due >= alarm) {
            return;
        }
        alarm = due;
        thread.timer().accept(Duration.ofMillis(Math.max(0, due - thread.now())), () -> {
            if (alarm == due) {
                alarm = Long.MAX_VALUE;
                turn(nothing -> {});
            }
        });
    }

    /** One piece of work. */
    private final class MemoryTurn implements Turn {
        private final long now;
        private final List<Runnable> news = new ArrayList<>();

        MemoryTurn(long now) {
            this.now = now;
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public Optional<byte[]> get(byte[] key) {
            return shelf.get(key);
        }

        @Override
        public void walk(byte[] from, Visitor visitor) {
            shelf.walk(from, visitor);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            shelf.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            shelf.delete(key);
        }

        @Override
        public void afterwards(Runnable action) {
            news.add(action);
        }
    }
}

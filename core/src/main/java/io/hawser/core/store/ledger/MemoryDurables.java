package io.hawser.core.store.ledger;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.message.Message;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.Durables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Durables in memory: keeps messages as long as the process lives. Owner of all state is the store's thread; every call is a
 * task for it.
 */
public final class MemoryDurables {
    private final StoreThread thread;
    private final Ledger ledger;
    private final Durables durables;
    private final Map<Long, Kept> messages = new HashMap<>();
    private final Memory memory = new Memory();
    private long wakesAt = Long.MAX_VALUE;
    private boolean closed;

    /**
     * No durables yet.
     *
     * @param thread owner of all state; the caller ends it after {@link #close()}
     * @param listener hears what happens without anybody asking for it
     */
    public MemoryDurables(StoreThread thread, DurableListener listener) {
        this.thread = thread;
        this.ledger = new Ledger(listener);
        this.durables = new LedgerDurables(new Work(), ledger);
    }

    /** The durables. */
    public Durables durables() {
        return durables;
    }

    /** Completes what was accepted, then takes nothing more. */
    public void close() {
        thread.executor().execute(() -> closed = true);
    }

    private void turn() {
        ledger.turn(memory);
        memory.tell();
        long due = ledger.due();
        if (due < wakesAt && !closed) {
            wakesAt = due;
            Runnable wake = () -> {
                wakesAt = Long.MAX_VALUE;
                turn();
            };
            if (due <= thread.now()) {
                thread.executor().execute(wake);
            } else {
                thread.timer().accept(Duration.ofMillis(due - thread.now()), wake);
            }
        }
    }

    /** Every piece of work is a task with a turn of its own. */
    private final class Work implements Desk {
        @Override
        public int prepare(Message message) {
            return message.weight();
        }

        @Override
        public <T> CompletableFuture<T> submit(long bytes, CompletableFuture<T> done, Consumer<Turn> work) {
            thread.executor().execute(() -> {
                if (closed) {
                    done.completeExceptionally(StoreException.closed());
                } else {
                    work.accept(memory);
                    turn();
                }
            });
            return done;
        }

        @Override
        public void later(Consumer<Turn> work) {
            submit(0, new CompletableFuture<>(), work);
        }
    }

    /** Messages in a map; the rest is in the ledger already. */
    private final class Memory implements Turn {
        private final List<Runnable> deliveries = new ArrayList<>();
        private final List<Runnable> afterwards = new ArrayList<>();

        void tell() {
            List<Runnable> news = new ArrayList<>(deliveries);
            news.addAll(afterwards);
            deliveries.clear();
            afterwards.clear();
            news.forEach(Runnable::run);
        }

        @Override
        public long now() {
            return thread.now();
        }

        @Override
        public Kept message(long id) throws BytesException {
            Kept kept = messages.get(id);
            if (kept == null) {
                throw new BytesException("message " + id + " is missing");
            }
            return kept;
        }

        @Override
        public List<Integer> keepers(long id) {
            Kept kept = messages.get(id);
            return kept == null ? List.of() : kept.durables();
        }

        @Override
        public void keep(long id, Message message, List<Integer> durables) {
            messages.put(id, new Kept(message, durables));
        }

        @Override
        public void forget(long id) {
            messages.remove(id);
        }

        @Override
        public void deliver(Runnable delivery) {
            deliveries.add(delivery);
        }

        @Override
        public void afterwards(Runnable action) {
            afterwards.add(action);
        }

        @Override
        public void enter(int durable, long id, Entry entry) {}

        @Override
        public void leave(int durable, long id) {}

        @Override
        public void define(int durable, DurableName name, DurableSettings settings, byte[] definition) {}

        @Override
        public void undefine(int durable) {}

        @Override
        public void clear(int durable) {}

        @Override
        public void mark(int durable, long id) {}

        @Override
        public void idle(int durable, long since) {}

        @Override
        public void lastId(long id) {}

        @Override
        public void seen(String lineage, long block, long[] bits, long time) {}

        @Override
        public void unseen(String lineage, long block) {}
    }
}

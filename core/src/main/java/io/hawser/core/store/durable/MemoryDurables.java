package io.hawser.core.store.durable;

import io.hawser.core.message.Message;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreThread;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Durables in memory: keeps messages as long as the process lives. Owner of all state is the store's
 * thread; every call is a task for it.
 */
public final class MemoryDurables implements Durables {
    private final StoreThread thread;
    private final DurableLimits limits;
    private final Map<DurableName, MemoryDurable> durables = new HashMap<>();
    private long lastId;
    private boolean closed;

    /**
     * No durables yet.
     *
     * @param thread owner of all state; the caller ends it after {@link #close()}
     * @param limits how much each durable may hold
     */
    public MemoryDurables(StoreThread thread, DurableLimits limits) {
        this.thread = thread;
        this.limits = limits;
    }

    @Override
    public CompletableFuture<Void> define(DurableName name, byte[] definition) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.executor().execute(() -> {
            durables.computeIfAbsent(name, key -> new MemoryDurable(limits)).define(definition);
            done.complete(null);
        });
        return done;
    }

    @Override
    public CompletableFuture<Map<DurableName, byte[]>> definitions() {
        CompletableFuture<Map<DurableName, byte[]>> done = new CompletableFuture<>();
        thread.executor().execute(() -> {
            Map<DurableName, byte[]> definitions = new HashMap<>();
            durables.forEach((name, durable) -> definitions.put(name, durable.definition()));
            done.complete(definitions);
        });
        return done;
    }

    @Override
    public CompletableFuture<Void> delete(DurableName name) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.executor().execute(() -> {
            Optional.ofNullable(durables.remove(name)).ifPresent(MemoryDurable::displace);
            done.complete(null);
        });
        return done;
    }

    @Override
    public CompletableFuture<Long> append(Message message, List<DurableName> names) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        thread.executor().execute(() -> {
            if (closed) {
                done.completeExceptionally(StoreException.closed());
                return;
            }
            Optional<DurableName> full =
                    names.stream().filter(name -> isFull(name, message)).findFirst();
            if (full.isPresent()) {
                done.completeExceptionally(limits.full(full.get()));
                return;
            }
            long id = ++lastId;
            for (DurableName name : names) {
                Optional.ofNullable(durables.get(name)).ifPresent(durable -> durable.add(id, message));
            }
            done.complete(id);
        });
        return done;
    }

    @Override
    public DurableConsumer consume(DurableName name, Executor owner, DurableConsumer.Listener listener) {
        Consumer consumer = new Consumer(name, owner, listener);
        thread.executor().execute(() -> Optional.ofNullable(durables.get(name))
                .ifPresentOrElse(durable -> durable.attach(consumer), consumer::displace));
        return consumer;
    }

    /** Completes what was accepted, then takes nothing more. */
    public void close() {
        thread.executor().execute(() -> closed = true);
    }

    private boolean isFull(DurableName name, Message message) {
        MemoryDurable durable = durables.get(name);
        return durable != null && !durable.hasRoomFor(message);
    }

    /** One consumer. Its credit belongs to the writer. */
    final class Consumer implements DurableConsumer {
        private final DurableName name;
        private final Executor owner;
        private final Listener listener;
        private int credit;

        Consumer(DurableName name, Executor owner, Listener listener) {
            this.name = name;
            this.owner = owner;
            this.listener = listener;
        }

        @Override
        public void request(int messages) {
            withDurable(durable -> {
                credit += messages;
                durable.deliver();
            });
        }

        @Override
        public void acknowledge(List<Long> ids) {
            withDurable(durable -> ids.forEach(durable::acknowledge));
        }

        @Override
        public void close() {
            withDurable(MemoryDurable::detach);
        }

        int credit() {
            return credit;
        }

        void hand(List<StoredMessage> messages) {
            credit -= messages.size();
            owner.execute(() -> listener.delivered(messages));
        }

        void displace() {
            owner.execute(listener::displaced);
        }

        private void withDurable(java.util.function.Consumer<MemoryDurable> action) {
            thread.executor().execute(() -> {
                MemoryDurable durable = durables.get(name);
                if (durable != null && Objects.equals(durable.consumer(), this)) {
                    action.accept(durable);
                }
            });
        }
    }
}

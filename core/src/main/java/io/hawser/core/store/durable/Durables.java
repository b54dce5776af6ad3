package io.hawser.core.store.durable;

import io.hawser.core.message.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The messages that wait for durables. Every method may be called from any thread and returns at once.
 *
 * <p>Futures complete on the store's own thread, exceptionally with a {@link io.hawser.core.store.StoreException}: whoever waits continues on
 * its owner ({@code whenCompleteAsync(..., owner)}), never there.
 */
public interface Durables {
    /**
     * Completes when the durable {@code name} exists; if it did before, its messages are kept.
     *
     * @param definition what whoever defines it needs to know of it after a restart; replaces an older one
     */
    CompletableFuture<Void> define(DurableName name, byte[] definition);

    /** Completes with every durable and its definition. */
    CompletableFuture<Map<DurableName, byte[]>> definitions();

    /** Completes when the durable {@code name} and its messages are gone; its consumer is displaced. */
    CompletableFuture<Void> delete(DurableName name);

    /**
     * Completes with the store id when {@code message} is kept, as safely as this engine keeps anything, for all of
     * {@code durables}; completes exceptionally when it is kept for none. A durable that does not exist is passed over.
     */
    CompletableFuture<Long> append(Message message, List<DurableName> durables);

    /**
     * Becomes the one consumer of the durable {@code name}; an older one is displaced and what it had not acknowledged goes
     * out again, oldest first. If there is no such durable the listener is told that it is displaced.
     *
     * @param owner runs the listener's calls
     */
    DurableConsumer consume(DurableName name, Executor owner, DurableConsumer.Listener listener);
}

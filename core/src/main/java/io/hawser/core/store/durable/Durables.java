package io.hawser.core.store.durable;

import io.hawser.core.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The messages that wait for durables. Every method may be called from any thread and returns at once.
 *
 * <p>Futures complete on the store's own thread, exceptionally with a {@link io.hawser.core.store.StoreException}: whoever waits continues on
 * its owner ({@code whenCompleteAsync(..., owner)}), never there.
 */
public interface Durables {
    /** For at least how long a message id is remembered, unless very many are in use. */
    Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);

    /** The most messages that one {@link #view} shows. */
    int MOST_VIEWED = 1_000;

    /**
     * Completes when the durable {@code name} exists; if it did before, its messages are kept and it has new settings and a
     * new definition. Exceptionally if it exists as another kind, or with another key field.
     *
     * @param definition what whoever defines it needs to know of it after a restart; replaces an older one
     */
    CompletableFuture<Void> define(DurableName name, DurableSettings settings, byte[] definition);

    /**
     * Completes with the durable {@code name}, made as it is defined here if there was none. If there was one it stays as it
     * is, whatever {@code settings} say: whoever asks must look whether it is what it wants.
     *
     * @param renew whether one of the same kind and key has {@code definition} from now on
     */
    CompletableFuture<DurableInfo> obtain(DurableName name, DurableSettings settings, byte[] definition, boolean renew);

    /** Completes with every durable, by name. */
    CompletableFuture<List<DurableInfo>> list();

    /** Completes with the durable {@code name}, empty if there is none. */
    CompletableFuture<Optional<DurableInfo>> find(DurableName name);

    /** Completes with those of {@code names} that there are, in this order. */
    CompletableFuture<List<DurableInfo>> find(List<DurableName> names);

    /** Completes when the durable {@code name} and its messages are gone; its consumers are displaced. */
    CompletableFuture<Void> delete(DurableName name);

    /** Completes when the durable {@code name} holds no message any more; what consumers held is withdrawn from them. */
    CompletableFuture<Void> purge(DurableName name);

    /**
     * Completes with messages that the durable {@code name} holds, waiting or out with consumers, and changes nothing: the
     * oldest first, none before the store id {@code from}, at most {@code count}, at most {@link #MOST_VIEWED}, and not
     * much more than 4 MiB. Their delivery count says how often they were handed out until now. Damaged ones are left out.
     */
    CompletableFuture<List<StoredMessage>> view(DurableName name, long from, int count);

    /**
     * Completes with the store id when {@code message} is kept, as safely as this engine keeps anything, for all of
     * {@code durables}; completes exceptionally when it is kept for none. A durable that does not exist is passed over, and
     * so is a last-value durable whose key field the message does not have.
     *
     * @param id by which the publisher sends it again; if this id was kept within {@link #DUPLICATE_WINDOW}, restarts
     *     included, nothing is kept, and the future completes with 0 as soon as the first one is safe
     */
    CompletableFuture<Long> append(Message message, Optional<MessageId> id, List<DurableName> durables);

    /**
     * Becomes a consumer of the durable {@code name}: of a standard one the only one, an older one is displaced and what it
     * had not acknowledged goes out again, oldest first. If there is no such durable the listener is told that it is
     * displaced.
     *
     * @param owner runs the listener's calls
     */
    DurableConsumer consume(DurableName name, Executor owner, DurableConsumer.Listener listener);

    /**
     * Tells {@code listener} every message that the durable {@code name} keeps with a store id above {@code after}, and then
     * those that it is given, each once and none left out, whether they are with consumers or not. Damaged ones are left out.
     *
     * @param owner runs the listener's calls
     */
    DurableReader read(DurableName name, long after, Executor owner, DurableReader.Listener listener);
}

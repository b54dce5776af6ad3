package io.hawser.store.local.durable;

import io.hawser.core.message.Message;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.Durables;
import io.hawser.store.local.disk.Writer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The durables of the local engine: turns each call into a step of the writer.
 *
 * <p>After a restart, whatever may have been delivered before and was not acknowledged goes out with a delivery count of at
 * least 2; larger counts are not remembered.
 */
public final class LocalDurables implements Durables {
    private final Writer writer;
    private final Ledger ledger;

    /** The durables of {@code ledger}, which belongs to {@code writer}. */
    public LocalDurables(Writer writer, Ledger ledger) {
        this.writer = writer;
        this.ledger = ledger;
    }

    @Override
    public CompletableFuture<Void> define(DurableName name, byte[] definition) {
        byte[] copy = definition.clone();
        CompletableFuture<Void> done = new CompletableFuture<>();
        return writer.submit(copy.length, done, round -> {
            ledger.define(round, name, copy);
            round.afterwards(() -> done.complete(null));
        });
    }

    @Override
    public CompletableFuture<Map<DurableName, byte[]>> definitions() {
        CompletableFuture<Map<DurableName, byte[]>> done = new CompletableFuture<>();
        return writer.submit(0, done, round -> {
            Map<DurableName, byte[]> definitions = ledger.definitions();
            round.afterwards(() -> done.complete(definitions));
        });
    }

    @Override
    public CompletableFuture<Void> delete(DurableName name) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        return writer.submit(0, done, round -> {
            ledger.delete(round, name);
            round.afterwards(() -> done.complete(null));
        });
    }

    @Override
    public CompletableFuture<Long> append(Message message, List<DurableName> durables) {
        byte[] body;
        try {
            body = Layout.body(message);
        } catch (StoreException unsayable) {
            return CompletableFuture.failedFuture(unsayable);
        }
        List<DurableName> names = List.copyOf(durables);
        CompletableFuture<Long> done = new CompletableFuture<>();
        return writer.grow(body.length, done, round -> ledger.append(round, message, body, names, done));
    }

    @Override
    public DurableConsumer consume(DurableName name, Executor owner, DurableConsumer.Listener listener) {
        LocalConsumer consumer = new LocalConsumer(writer, ledger, name, owner, listener);
        writer.later(round -> ledger.attach(round, name, consumer));
        return consumer;
    }
}

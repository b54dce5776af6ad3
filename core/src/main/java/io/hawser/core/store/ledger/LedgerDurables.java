package io.hawser.core.store.ledger;

import io.hawser.core.message.Message;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableReader;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.store.durable.StoredMessage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The durables of an engine with a ledger: turns each call into work for the ledger's owner. */
public final class LedgerDurables implements Durables {
    private final Desk desk;
    private final Ledger ledger;

    /** Asks the ledger for something. */
    private interface Work<T> {
        T on(Turn turn) throws Refused;
    }

    /** Changes the ledger. */
    private interface Change {
        void on(Turn turn) throws Refused;
    }

    /** The durables of {@code ledger}, whose owner does what is handed in at {@code desk}. */
    public LedgerDurables(Desk desk, Ledger ledger) {
        this.desk = desk;
        this.ledger = ledger;
    }

    @Override
    public CompletableFuture<Void> define(DurableName name, DurableSettings settings, byte[] definition) {
        byte[] copy = definition.clone();
        return change(copy.length, turn -> ledger.define(turn, name, settings, copy));
    }

    @Override
    public CompletableFuture<DurableInfo> obtain(
            DurableName name, DurableSettings settings, byte[] definition, boolean renew) {
        byte[] copy = definition.clone();
        return done(copy.length, turn -> ledger.obtain(turn, name, settings, copy, renew));
    }

    @Override
    public CompletableFuture<List<DurableInfo>> list() {
        return done(0, turn -> ledger.list());
    }

    @Override
    public CompletableFuture<Optional<DurableInfo>> find(DurableName name) {
        return done(0, turn -> ledger.find(name));
    }

    @Override
    public CompletableFuture<List<DurableInfo>> find(List<DurableName> names) {
        List<DurableName> copy = List.copyOf(names);
        return done(0, turn -> copy.stream()
                .map(ledger::find)
                .flatMap(Optional::stream)
                .toList());
    }

    @Override
    public CompletableFuture<Void> delete(DurableName name) {
        return change(0, turn -> ledger.delete(turn, name));
    }

    @Override
    public CompletableFuture<Void> purge(DurableName name) {
        return change(0, turn -> ledger.purge(turn, name));
    }

    @Override
    public CompletableFuture<List<StoredMessage>> view(DurableName name, long from, int count) {
        return done(0, turn -> ledger.view(turn, name, from, count));
    }

    @Override
    public CompletableFuture<Long> append(Message message, Optional<MessageId> id, List<DurableName> durables) {
        Set<DurableName> names = new LinkedHashSet<>(durables);
        int bytes;
        try {
            bytes = desk.prepare(message);
        } catch (StoreException unsayable) {
            return CompletableFuture.failedFuture(unsayable);
        }
        CompletableFuture<Long> done = new CompletableFuture<>();
        return desk.grow(bytes, done, told(done, turn -> ledger.append(turn, message, id, names)));
    }

    @Override
    public DurableConsumer consume(DurableName name, Executor owner, DurableConsumer.Listener listener) {
        LedgerConsumer consumer = new LedgerConsumer(desk, ledger, owner, listener);
        desk.later(turn -> ledger.attach(turn, name, consumer));
        return consumer;
    }

    @Override
    public DurableReader read(DurableName name, long after, Executor owner, DurableReader.Listener listener) {
        LedgerReader reader = new LedgerReader(desk, ledger, owner, listener, after);
        desk.later(turn -> ledger.open(turn, name, reader));
        return reader;
    }

    private CompletableFuture<Void> change(long bytes, Change change) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        return desk.submit(bytes, done, turn -> {
            try {
                change.on(turn);
                turn.afterwards(() -> done.complete(null));
            } catch (Refused refused) {
                turn.afterwards(() -> done.completeExceptionally(refused.why()));
            }
        });
    }

    /** Completes with what {@code work} returns, or with what it refuses, when everything is written. */
    private <T> CompletableFuture<T> done(long bytes, Work<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        return desk.submit(bytes, done, told(done, work));
    }

    private static <T> Consumer<Turn> told(CompletableFuture<T> done, Work<T> work) {
        return turn -> {
            try {
                T result = work.on(turn);
                turn.afterwards(() -> done.complete(result));
            } catch (Refused refused) {
                turn.afterwards(() -> done.completeExceptionally(refused.why()));
            }
        };
    }
}

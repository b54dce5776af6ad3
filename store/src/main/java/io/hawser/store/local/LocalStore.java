package io.hawser.store.local;

import io.hawser.core.message.Message;
import io.hawser.core.store.DurableConsumer;
import io.hawser.core.store.DurableName;
import io.hawser.core.store.Store;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The engine in a folder of this machine. What a future says is on stable storage: it survives the process, the operating
 * system and the power, as far as the disk keeps what it was told to flush. All work is done by one thread of its own.
 *
 * <p>After a restart, whatever may have been delivered before and was not acknowledged goes out with a delivery count of at
 * least 2; larger counts are not remembered.
 */
public final class LocalStore implements Store {
    private final Writer writer;

    /** A store on {@code disk}, which it closes. */
    LocalStore(Disk disk, StoreLimits limits, Consumer<StoreException> onFailure) {
        Ledger ledger;
        try {
            ledger = new Ledger(disk, limits);
        } catch (RuntimeException unreadable) {
            disk.close();
            throw unreadable;
        }
        this.writer = new Writer(disk, ledger, onFailure);
    }

    /**
     * Opens the data in {@code folder}, which is made if it is missing.
     *
     * @param limits how much each durable may hold
     * @param onFailure told once, on the store's thread, when the disk fails: from then on nothing is acknowledged
     * @throws StoreException with a text for the user if the folder cannot be used
     */
    public static LocalStore open(Path folder, StoreLimits limits, Consumer<StoreException> onFailure) {
        return new LocalStore(new Disk(DataFolder.open(folder)), limits, onFailure);
    }

    @Override
    public CompletableFuture<Void> define(DurableName name, byte[] definition) {
        byte[] copy = definition.clone();
        CompletableFuture<Void> done = new CompletableFuture<>();
        return submit(copy.length, done, (ledger, round) -> {
            ledger.define(round, name, copy);
            round.afterwards(() -> done.complete(null));
        });
    }

    @Override
    public CompletableFuture<Map<DurableName, byte[]>> definitions() {
        CompletableFuture<Map<DurableName, byte[]>> done = new CompletableFuture<>();
        return submit(0, done, (ledger, round) -> {
            Map<DurableName, byte[]> definitions = ledger.definitions();
            round.afterwards(() -> done.complete(definitions));
        });
    }

    @Override
    public CompletableFuture<Void> delete(DurableName name) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        return submit(0, done, (ledger, round) -> {
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
        return submit(body.length, done, (ledger, round) -> ledger.append(round, message, body, names, done));
    }

    @Override
    public DurableConsumer consume(DurableName name, Executor owner, DurableConsumer.Listener listener) {
        LocalConsumer consumer = new LocalConsumer(this, name, owner, listener);
        later((ledger, round) -> ledger.attach(round, name, consumer));
        return consumer;
    }

    /** Completes what was accepted, waits for it, and leaves the folder to others. */
    @Override
    public void close() {
        writer.close();
    }

    /** Does {@code work} in the next round; nobody waits for it. */
    void later(BiConsumer<Ledger, Round> work) {
        writer.submit(new Writer.Step(0, work, refused -> {}));
    }

    private <T> CompletableFuture<T> submit(long bytes, CompletableFuture<T> done, BiConsumer<Ledger, Round> work) {
        writer.submit(new Writer.Step(bytes, work, done::completeExceptionally));
        return done;
    }
}

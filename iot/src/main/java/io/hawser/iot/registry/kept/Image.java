package io.hawser.iot.registry.kept;

import io.hawser.core.store.record.KeyedType;
import io.hawser.core.store.record.RecordPage;
import io.hawser.core.store.record.RecordTable;
import io.hawser.core.store.record.Records;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * A table as the store has it, all of it in memory. It shows what is safe, nothing else: a change of it is seen when the
 * store has it. Owner: the registry's.
 *
 * @param <T> the record, immutable
 */
public final class Image<T> {
    private static final int PAGE = 1_000;

    private final KeyedType<T> type;
    private final RecordTable<T> table;
    private final BiConsumer<Optional<T>, Optional<T>> listener;
    private final TreeMap<String, T> records = new TreeMap<>();

    /**
     * The image of the table of {@code type}, empty until it is loaded.
     *
     * @param listener hears of every record what it was and what it is now; run on the owner
     */
    public Image(Records records, KeyedType<T> type, BiConsumer<Optional<T>, Optional<T>> listener) {
        this.type = type;
        this.table = records.table(type);
        this.listener = listener;
    }

    /** Reads all of the table, a page at a time; completes on {@code owner}. */
    public CompletableFuture<Void> load(Executor owner) {
        return load("", owner);
    }

    private CompletableFuture<Void> load(String after, Executor owner) {
        return table.list("", after, PAGE).thenComposeAsync(page -> loaded(page, owner), owner);
    }

    private CompletableFuture<Void> loaded(RecordPage<T> page, Executor owner) {
        page.records().forEach(record -> set(record.value()));
        return page.next().map(next -> load(next, owner)).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** The record with {@code key}. */
    public Optional<T> get(String key) {
        return Optional.ofNullable(records.get(key));
    }

    /** All records in the order of their keys; a view. */
    public Collection<T> all() {
        return Collections.unmodifiableCollection(records.values());
    }

    /** The records whose keys begin with {@code prefix}, in the order of their keys; a view. */
    public Collection<T> under(String prefix) {
        return Collections.unmodifiableCollection(records.subMap(prefix, true, prefix + Character.MAX_VALUE, false)
                .values());
    }

    /** How many records there are. */
    public int size() {
        return records.size();
    }

    /** To commit: {@code record} under its key, whatever was there. */
    public Edit put(T record) {
        return new Edit(table.toPut(record), () -> set(record));
    }

    /** To commit: no record with {@code key}. */
    public Edit remove(String key) {
        return new Edit(table.toRemove(key), () -> {
            T before = records.remove(key);
            listener.accept(Optional.ofNullable(before), Optional.empty());
        });
    }

    private void set(T record) {
        T before = records.put(type.key(record), record);
        listener.accept(Optional.ofNullable(before), Optional.of(record));
    }
}

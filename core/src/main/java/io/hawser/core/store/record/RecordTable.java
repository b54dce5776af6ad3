package io.hawser.core.store.record;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Desk;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The records of one type, by key. Every method may be called from any thread and returns at once, as {@link Records} says.
 *
 * @param <T> the type of record
 */
public final class RecordTable<T> {
    private final Desk desk;
    private final RecordBook book;
    private final KeyedType<T> type;

    RecordTable(Desk desk, RecordBook book, KeyedType<T> type) {
        this.desk = desk;
        this.book = book;
        this.type = type;
    }

    /** Puts {@code record} under its key, whatever was there; completes with its revision. */
    public CompletableFuture<Long> put(T record) {
        return commit(() -> toPut(record)).thenApply(RecordOutcome::revision);
    }

    /** Puts {@code record} if there is none with its key. */
    public CompletableFuture<RecordOutcome> putIfAbsent(T record) {
        return commit(() -> toPutIfAbsent(record));
    }

    /** Puts {@code record} if the one with its key has the revision {@code revision}. */
    public CompletableFuture<RecordOutcome> replace(T record, long revision) {
        return commit(() -> toReplace(record, revision));
    }

    /** Completes when there is no record with {@code key}. */
    public CompletableFuture<Void> remove(String key) {
        return commit(() -> toRemove(key)).thenApply(done -> null);
    }

    /** Removes the record with {@code key} if it has the revision {@code revision}. */
    public CompletableFuture<RecordOutcome> remove(String key, long revision) {
        return commit(() -> toRemove(key, revision));
    }

    /** Completes with the record with {@code key}, empty if there is none. */
    public CompletableFuture<Optional<StoredRecord<T>>> get(String key) {
        byte[] bytes;
        try {
            bytes = key(key);
        } catch (StoreException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return desk.ask(0, turn -> book.find(type, false).flatMap(table -> table.get(turn, bytes)))
                .thenApply(sheet -> sheet.map(found -> found.stored(type)));
    }

    /**
     * Completes with records whose keys begin with {@code prefix}.
     *
     * @param after the page begins behind this key, which need not be there; empty: at the first
     * @param limit the most records
     */
    public CompletableFuture<RecordPage<T>> list(String prefix, String after, int limit) {
        byte[] start;
        byte[] behind;
        try {
            start = book.limits().prefix(type.name(), prefix);
            behind = book.limits().prefix(type.name(), after);
            book.limits().checkPage(limit);
        } catch (StoreException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return desk.ask(0, turn -> book.find(type, false)
                        .map(table -> table.list(turn, start, behind, limit))
                        .orElse(KeptTable.Page.EMPTY))
                .thenApply(page -> new RecordPage<>(
                        page.sheets().stream().map(sheet -> sheet.stored(type)).toList(), page.next()));
    }

    /** For a commit: {@link #put}. Throws {@link StoreException} if the record is too long or its key cannot be one. */
    public RecordChange toPut(T record) {
        return toReplace(record, RecordChange.ANY);
    }

    /** For a commit: {@link #putIfAbsent}, with the errors of {@link #toPut}. */
    public RecordChange toPutIfAbsent(T record) {
        return toReplace(record, 0);
    }

    /** For a commit: {@link #replace}, with the errors of {@link #toPut}. */
    public RecordChange toReplace(T record, long revision) {
        byte[] body = type.write(record);
        book.limits().checkRecord(type.name(), body.length);
        return new RecordChange(type, key(type.key(record)), body, revision);
    }

    /** For a commit: {@link #remove(String)}, with the errors of {@link #toPut}. */
    public RecordChange toRemove(String key) {
        return toRemove(key, RecordChange.ANY);
    }

    /** For a commit: {@link #remove(String, long)}, with the errors of {@link #toPut}. */
    public RecordChange toRemove(String key, long revision) {
        return new RecordChange(type, key(key), null, revision);
    }

    private byte[] key(String key) {
        return book.limits().key(type.name(), key);
    }

    private CompletableFuture<RecordOutcome> commit(Supplier<RecordChange> change) {
        try {
            return ShelfRecords.commit(desk, book, List.of(change.get()));
        } catch (StoreException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
    }
}

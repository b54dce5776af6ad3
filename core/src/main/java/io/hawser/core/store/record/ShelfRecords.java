package io.hawser.core.store.record;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Desk;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The records of an engine that has a shelf: turns each call into work for the store's thread. */
public final class ShelfRecords implements Records {
    private final Desk desk;
    private final RecordBook book;

    /** The records of {@code book}, which belongs to the thread behind {@code desk}. */
    public ShelfRecords(Desk desk, RecordBook book) {
        this.desk = desk;
        this.book = book;
    }

    @Override
    public <T> RecordTable<T> table(KeyedType<T> type) {
        return new RecordTable<>(desk, book, type);
    }

    @Override
    public <T> RecordLog<T> log(RecordType<T> type) {
        return new RecordLog<>(desk, book, type);
    }

    @Override
    public CompletableFuture<RecordOutcome> commit(List<RecordChange> changes) {
        List<RecordChange> all = List.copyOf(changes);
        try {
            book.limits().checkChanges(all.size());
            checkOnce(all);
        } catch (StoreException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return commit(desk, book, all);
    }

    static CompletableFuture<RecordOutcome> commit(Desk desk, RecordBook book, List<RecordChange> changes) {
        long bytes = changes.stream().mapToLong(RecordChange::size).sum();
        return changes.stream().anyMatch(RecordChange::grows)
                ? desk.askMore(bytes, turn -> book.commit(turn, changes))
                : desk.ask(bytes, turn -> book.commit(turn, changes));
    }

    /** A record that is changed twice at once has no revision to check the second time; a log is no table. */
    private static void checkOnce(List<RecordChange> changes) {
        Set<Map.Entry<String, ByteBuffer>> seen = new HashSet<>();
        Map<String, Boolean> logs = new HashMap<>();
        for (RecordChange change : changes) {
            String name = change.type().name();
            byte[] key = change.key();
            if (key != null && !seen.add(Map.entry(name, ByteBuffer.wrap(key)))) {
                throw new StoreException("a record of table " + name
                        + " stands twice in one commit; commit its changes one after the other");
            }
            if (logs.merge(name, key == null, Boolean::logicalAnd) != (key == null)) {
                throw new StoreException(name + " cannot be a table and a log; choose another name for one");
            }
        }
    }
}

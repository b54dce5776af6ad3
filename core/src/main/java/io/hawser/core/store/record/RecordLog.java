package io.hawser.core.store.record;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Desk;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The records of one type, in the order in which they were appended. Every method may be called from any thread and returns
 * at once, as {@link Records} says.
 *
 * @param <T> the type of record
 */
public final class RecordLog<T> {
    private final Desk desk;
    private final RecordBook book;
    private final RecordType<T> type;

    RecordLog(Desk desk, RecordBook book, RecordType<T> type) {
        this.desk = desk;
        this.book = book;
        this.type = type;
    }

    /** Appends {@code record}; completes with its id: 1 for the first, then one more each time. */
    public CompletableFuture<Long> append(T record) {
        RecordChange change;
        try {
            change = toAppend(record);
        } catch (StoreException tooLong) {
            return CompletableFuture.failedFuture(tooLong);
        }
        return desk.askMore(change.size(), turn -> book.append(turn, change));
    }

    /**
     * Appends what {@code next} makes of the newest record, so that each can build on the one before it, whoever appends; completes
     * as {@link #append} does.
     *
     * @param most how many bytes it may make
     * @param next is called on the store's thread, and quick; empty: there is no record yet
     */
    public CompletableFuture<Long> append(int most, Function<Optional<LoggedRecord<T>>, T> next) {
        return desk.askMore(most, turn -> {
            Optional<LoggedRecord<T>> newest = book.find(type, true)
                    .flatMap(log -> log.log(turn, log.lastId(), 1).stream().findFirst())
                    .map(sheet -> new LoggedRecord<>(sheet.id(), sheet.value(type)));
            return book.append(turn, toAppend(next.apply(newest)));
        });
    }

    /** For a commit: {@link #append}. Throws {@link StoreException} if the record is too long. */
    public RecordChange toAppend(T record) {
        byte[] body = type.write(record);
        book.limits().checkRecord(type.name(), body.length);
        return new RecordChange(type, null, body, RecordChange.ANY);
    }

    /**
     * Completes with records from the id {@code from} on, at least one if there is one; none at the end.
     *
     * @param count the most records
     */
    public CompletableFuture<List<LoggedRecord<T>>> read(long from, int count) {
        try {
            book.limits().checkPage(count);
        } catch (StoreException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return desk.ask(0, turn -> book.find(type, true)
                        .map(log -> log.log(turn, Math.max(0, from), count))
                        .orElse(List.of()))
                .thenApply(sheets -> sheets.stream()
                        .map(sheet -> new LoggedRecord<>(sheet.id(), sheet.value(type)))
                        .toList());
    }

    /** Completes with the id of the newest record, 0 if there is none. */
    public CompletableFuture<Long> last() {
        return desk.ask(0, turn -> book.find(type, true).map(KeptTable::lastId).orElse(0L));
    }
}

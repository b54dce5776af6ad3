package io.hawser.core.store.record;

import io.hawser.core.store.shelf.Book;
import io.hawser.core.store.shelf.Shelf;
import io.hawser.core.store.shelf.Turn;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The tables and logs of one shelf. Owner: whoever opens the store, then the store's thread. */
public final class RecordBook implements Book {
    private final RecordLimits limits;
    private final Map<String, KeptTable> tables = new HashMap<>();

    private long revision;
    private int lastNumber;

    /** The tables that {@code shelf} holds: reads their definitions, no record. */
    public RecordBook(Shelf shelf, RecordLimits limits) {
        this.limits = limits;
        revision = shelf.get(RecordLayout.REVISION)
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(0L);
        byte[] start = {RecordLayout.DEFINITION};
        shelf.walk(start, start, (at, definition) -> {
            KeptTable table = KeptTable.read(ByteBuffer.wrap(at, 1, 4).getInt(), definition);
            tables.put(table.name(), table);
            lastNumber = Math.max(lastNumber, table.number());
            return true;
        });
        tables.values().forEach(table -> shelf.get(RecordLayout.key(RecordLayout.LAST_ID, table.number()))
                .ifPresent(id -> table.lastId(ByteBuffer.wrap(id).getLong())));
    }

    RecordLimits limits() {
        return limits;
    }

    /** The table or log of {@code type}, if there is one; refuses a program that is too old for it. */
    Optional<KeptTable> find(RecordType<?> type, boolean log) {
        Optional<KeptTable> table = Optional.ofNullable(tables.get(type.name()));
        table.ifPresent(found -> found.check(type, log));
        return table;
    }

    RecordOutcome commit(Turn turn, List<RecordChange> changes) {
        for (int i = 0; i < changes.size(); i++) {
            RecordChange change = changes.get(i);
            long current = current(turn, change);
            if (change.expected() != RecordChange.ANY && change.expected() != current) {
                return new RecordOutcome(false, current, i);
            }
        }
        revision++;
        turn.put(RecordLayout.REVISION, RecordLayout.number(revision));
        changes.forEach(change -> make(turn, change));
        return new RecordOutcome(true, revision, 0);
    }

    /** The revision of what {@code change} is about. */
    private long current(Turn turn, RecordChange change) {
        byte[] key = change.key();
        Optional<KeptTable> table = find(change.type(), key == null);
        if (key == null || change.expected() == RecordChange.ANY) {
            return RecordChange.ANY;
        }
        return table.flatMap(found -> found.get(turn, key)).map(Sheet::revision).orElse(0L);
    }

    private void make(Turn turn, RecordChange change) {
        byte[] key = change.key();
        byte[] body = change.body();
        KeptTable table = table(change.type(), key == null);
        byte[] at = key == null ? nextLogged(turn, table) : RecordLayout.record(table.number(), key);
        if (body == null) {
            turn.delete(at);
            return;
        }
        int version = change.type().version();
        if (table.raise(version)) {
            turn.put(RecordLayout.key(RecordLayout.DEFINITION, table.number()), table.definition());
        }
        turn.put(at, new Sheet("", 0, revision, version, body).write(at));
    }

    private KeptTable table(RecordType<?> type, boolean log) {
        return tables.computeIfAbsent(type.name(), name -> new KeptTable(++lastNumber, log, name));
    }

    private static byte[] nextLogged(Turn turn, KeptTable log) {
        log.lastId(log.lastId() + 1);
        turn.put(RecordLayout.key(RecordLayout.LAST_ID, log.number()), RecordLayout.number(log.lastId()));
        return RecordLayout.logged(log.number(), log.lastId());
    }

    /** Appends to a log; returns the id. */
    long append(Turn turn, RecordChange change) {
        commit(turn, List.of(change));
        return Objects.requireNonNull(tables.get(change.type().name())).lastId();
    }

    @Override
    public void turn(Turn turn) {}

    @Override
    public long due() {
        return Long.MAX_VALUE;
    }
}

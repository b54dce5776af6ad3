package io.hawser.store.durable;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.ledger.Ledger;
import io.hawser.core.store.ledger.Seen;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Rack;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Fills a ledger with what a rack holds. Lives while the store is opened. */
final class Reader {
    private final Ledger ledger;
    private final long now;
    private final Map<Integer, Layout.Definition> definitions = new TreeMap<>();
    private final Map<Integer, Long> marks = new HashMap<>();
    private final Map<Integer, Long> idle = new HashMap<>();

    Reader(Ledger ledger, long now) {
        this.ledger = ledger;
        this.now = now;
    }

    void read(Rack rack) {
        rack.scan(Family.FACTS, this::fact);
        definitions.forEach((number, definition) -> ledger.restore(
                number,
                definition.name(),
                definition.settings(),
                definition.bytes().array(),
                marks.getOrDefault(number, 0L),
                idle.getOrDefault(number, 0L),
                now));
        rack.scan(Family.ENTRIES, this::entry);
        ledger.opened();
    }

    private void fact(byte[] key, byte[] value) {
        ByteBuffer fact = ByteBuffer.wrap(key);
        switch (fact.get()) {
            case 'i' -> ledger.restoreLastId(number(value));
            case Layout.DEFINITION -> definitions.put(fact.getInt(), Layout.definition(value));
            case Layout.MARK -> marks.put(fact.getInt(), number(value));
            case Layout.IDLE -> idle.put(fact.getInt(), number(value));
            case Layout.GONE -> ledger.restoreGone(fact.getInt());
            case Layout.SEEN -> seen(key, ByteBuffer.wrap(value));
            default -> throw new StoreException("the data folder holds an unknown fact of kind " + key[0]);
        }
    }

    private static long number(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    private void seen(byte[] key, ByteBuffer value) {
        try {
            ByteReader in = new ByteReader(key, BytesLimits.DEFAULT);
            in.skip(1);
            String lineage = in.text();
            long time = value.getLong();
            long[] bits = new long[Seen.BLOCK / Long.SIZE];
            value.asLongBuffer().get(bits);
            ledger.restoreSeen(lineage, in.number(), bits, time);
        } catch (BytesException damaged) {
            throw new StoreException("a fact in the data folder is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private void entry(byte[] key, byte[] value) {
        ByteBuffer entry = ByteBuffer.wrap(key);
        int number = entry.getInt();
        if (!ledger.restoreEntry(number, entry.getLong(), Layout.entry(value, now))) {
            throw new StoreException("the data folder holds an entry of durable " + number + ", which is not defined");
        }
    }
}

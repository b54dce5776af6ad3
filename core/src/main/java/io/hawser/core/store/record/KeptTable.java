package io.hawser.core.store.record;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Refusal;
import io.hawser.core.store.shelf.Shelf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One table or log: how it is defined; records are on the shelf alone. Owner: the store's thread. */
final class KeptTable {
    /** About so many bytes are read for one page. */
    private static final long PAGE_BYTES = 4 << 20;

    private final int number;
    private final boolean log;
    private final String name;
    private int version;
    private long lastId;

    KeptTable(int number, boolean log, String name) {
        this.number = number;
        this.log = log;
        this.name = name;
    }

    /** What {@link #definition} said. */
    static KeptTable read(int number, byte[] definition) {
        try {
            ByteReader in = new ByteReader(definition, BytesLimits.DEFAULT);
            boolean log = in.octet() == 'l';
            int version = (int) in.count();
            KeptTable table = new KeptTable(number, log, in.text());
            table.version = version;
            in.end();
            return table;
        } catch (BytesException damaged) {
            throw new StoreException("the definition of a table is damaged: " + damaged.getMessage(), damaged);
        }
    }

    byte[] definition() {
        return new ByteWriter().octet(log ? 'l' : 't').count(version).text(name).toByteArray();
    }

    String name() {
        return name;
    }

    boolean isLog() {
        return log;
    }

    int number() {
        return number;
    }

    long lastId() {
        return lastId;
    }

    void lastId(long id) {
        lastId = id;
    }

    /** Refuses a program that is older than the records, or takes a log for a table. */
    void check(RecordType<?> type, boolean asLog) {
        if (log != asLog) {
            throw new Refusal(new StoreException(name + " is a " + (log ? "log" : "table") + ", not a "
                    + (asLog ? "log" : "table") + "; choose another name"));
        }
        if (version > type.version()) {
            throw new Refusal(Sheet.tooNew("table " + name, version, type));
        }
    }

    /** Returns true if a record of {@code newVersion} is the newest there ever was. */
    boolean raise(int newVersion) {
        boolean newer = newVersion > version;
        version = Math.max(version, newVersion);
        return newer;
    }

    Optional<Sheet> get(Shelf shelf, byte[] key) {
        byte[] at = RecordLayout.record(number, key);
        return shelf.get(at).map(record -> read(at, record));
    }

    Sheet read(byte[] at, byte[] record) {
        long id = log ? RecordLayout.id(at) : 0;
        String place =
                log ? "log " + name + ", record " + id : "table " + name + ", record " + RecordLayout.keyText(at);
        return Sheet.read(place, id, at, record);
    }

    /** A page as it is kept. */
    record Page(List<Sheet> sheets, Optional<String> next) {
        static final Page EMPTY = new Page(List.of(), Optional.empty());

        Page {
            sheets = List.copyOf(sheets);
        }
    }

    Page list(Shelf shelf, byte[] prefix, byte[] after, int limit) {
        byte[] start = RecordLayout.record(number, prefix);
        byte[] behind = RecordLayout.record(number, after);
        // NUL sorts before every other character, and stands in no key
        byte[] next = Arrays.copyOf(behind, behind.length + 1);
        return page(shelf, start, Arrays.compareUnsigned(start, next) > 0 ? start : next, limit);
    }

    /** The records of a log from {@code id} on. */
    List<Sheet> log(Shelf shelf, long id, int limit) {
        return page(shelf, RecordLayout.key(RecordLayout.LOGGED, number), RecordLayout.logged(number, id), limit)
                .sheets();
    }

    private Page page(Shelf shelf, byte[] prefix, byte[] from, int limit) {
        List<Sheet> sheets = new ArrayList<>();
        List<byte[]> last = new ArrayList<>(List.of(from));
        long[] size = {0};
        boolean[] cut = {false};
        shelf.walk(prefix, from, (at, record) -> {
            cut[0] = sheets.size() == limit || size[0] >= PAGE_BYTES;
            if (!cut[0]) {
                sheets.add(read(at, record));
                last.set(0, at);
                size[0] += record.length;
            }
            return !cut[0];
        });
        return new Page(sheets, cut[0] ? Optional.of(RecordLayout.keyText(last.get(0))) : Optional.empty());
    }
}

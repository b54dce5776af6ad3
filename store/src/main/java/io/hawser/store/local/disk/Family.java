package io.hawser.store.local.disk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The column families of the database: one for each kind of thing that is read and removed alike. */
public enum Family {
    /** Small facts about durables: definitions, marks, the last id. */
    FACTS("default", 1, false),
    /** Which durable waits for which message. */
    ENTRIES("entries", 8, false),
    /** The messages. */
    MESSAGES("messages", 32, false),
    /** The key-value maps: {@code core.store.map.MapLayout}. */
    MAPS("maps", 16, true),
    /** Which objects and uploads there are. */
    OBJECTS("objects", 1, false),
    /** Tables and logs: {@code core.store.record.RecordLayout}. */
    RECORDS("records", 4, true);

    private final String label;
    private final int writeBufferMib;
    private final boolean shelf;

    Family(String label, int writeBufferMib, boolean shelf) {
        this.label = label;
        this.writeBufferMib = writeBufferMib;
        this.shelf = shelf;
    }

    /** Those that are in {@code database}: an older one may have fewer. */
    static List<Family> in(Path database) throws RocksDBException {
        try (Options options = new Options()) {
            Set<String> labels = RocksDB.listColumnFamilies(options, database.toString()).stream()
                    .map(label -> new String(label, StandardCharsets.US_ASCII))
                    .collect(Collectors.toSet());
            if (!labels.contains(FACTS.label)) {
                throw new RocksDBException("the MANIFEST is damaged: it does not list the column families");
            }
            return Stream.of(values())
                    .filter(family -> labels.contains(family.label))
                    .toList();
        }
    }

    /** What the database calls it; never changes. */
    String label() {
        return label;
    }

    /** How much of it is kept in memory before it is written out. */
    int writeBufferMib() {
        return writeBufferMib;
    }

    /** True if a round sees there what it changed itself. */
    boolean shelf() {
        return shelf;
    }
}

package io.hawser.store.local.disk;

import io.hawser.store.rack.Family;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the room of what was deleted back to the disk, in a thread beside the writer, its owner: writes everything out, so
 * that the log can go, and merges the tables.
 */
final class Tidying {
    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

    private final RocksDB db;
    private final Map<Family, ColumnFamilyHandle> families;
    private @Nullable Thread thread;

    Tidying(RocksDB db, Map<Family, ColumnFamilyHandle> families) {
        this.db = db;
        this.families = Map.copyOf(families);
    }

    /** Starts, unless it is still at it; false then. */
    boolean start() {
        Thread last = thread;
        if (last != null && last.isAlive()) {
            return false;
        }
        Thread next = new Thread(this::run, "hawser-tidying");
        next.setDaemon(true);
        thread = next;
        next.start();
        return true;
    }

    private void run() {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                CompactRangeOptions beside = new CompactRangeOptions().setExclusiveManualCompaction(false)) {
            db.flush(flush, List.copyOf(families.values()));
            for (Map.Entry<Family, ColumnFamilyHandle> family : families.entrySet()) {
                db.compactRange(family.getValue(), null, null, beside);
            }
        } catch (RocksDBException failed) {
            LOG.warn("store: not tidied: {}", failed.getMessage());
        }
    }

    /** Stops it and everything else that the database does in the background. */
    void close() {
        Thread last = thread;
        if (last == null || !last.isAlive()) {
            return;
        }
        db.cancelAllBackgroundWork(true);
        try {
            last.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

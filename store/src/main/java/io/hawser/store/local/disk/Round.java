package io.hawser.store.local.disk;

import io.hawser.core.store.StoreException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is written at once, and what may be told when it is written. Lives for one turn of the writer, its owner. */
public final class Round implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    private final Disk disk;
    private final WriteBatch batch = new WriteBatch();
    private final Map<Family, Changes> changes = new EnumMap<>(Family.class);
    private final List<Runnable> deliveries = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final long now;
    private boolean sync;
    private int deletes;

    Round(Disk disk, long now) {
        this.disk = disk;
        this.now = now;
    }

    /** Where things are read; what this round changes is not there yet, but in its {@link #changes}. */
    public Disk disk() {
        return disk;
    }

    /** The time of this turn, milliseconds since the epoch. */
    public long now() {
        return now;
    }

    /** Somebody relies on this round: it is on stable storage before anything is told. */
    public void sync() {
        sync = true;
    }

    /** Keeps {@code value} under {@code key}. */
    public void put(Family family, byte[] key, byte[] value) {
        try {
            batch.put(disk.handle(family), key, value);
            if (family.shelf()) {
                changes(family).put(key, Optional.of(value));
            }
        } catch (RocksDBException full) {
            throw new StoreException("the batch takes no more: " + full.getMessage(), full);
        }
    }

    /** Removes what is under {@code key}. */
    public void delete(Family family, byte[] key) {
        try {
            batch.delete(disk.handle(family), key);
            if (family.shelf()) {
                changes(family).put(key, Optional.empty());
            }
            deletes++;
        } catch (RocksDBException full) {
            throw new StoreException("the batch takes no more: " + full.getMessage(), full);
        }
    }

    /** What this round changes on a shelf. */
    Changes changes(Family family) {
        return changes.computeIfAbsent(family, key -> new Changes());
    }

    /** Removes what is under the keys from {@code first} to before {@code last}. */
    public void deleteRange(Family family, byte[] first, byte[] last) {
        try {
            batch.deleteRange(disk.handle(family), first, last);
        } catch (RocksDBException full) {
            throw new StoreException("the batch takes no more: " + full.getMessage(), full);
        }
    }

    /** Does {@code action} once everything is written. */
    public void afterwards(Runnable action) {
        afterwards.add(action);
    }

    /** Does {@code delivery} once everything is written, before what else is to be done then. */
    public void deliver(Runnable delivery) {
        deliveries.add(delivery);
    }

    /** About how many bytes this round writes so far. */
    long bytes() {
        return batch.getDataSize();
    }

    /** How many things this round removes so far. */
    int deletes() {
        return deletes;
    }

    /** Writes, then tells. */
    void finish() {
        if (batch.count() > 0 || sync) {
            disk.write(batch, sync);
        }
        deliveries.forEach(Round::tell);
        afterwards.forEach(Round::tell);
    }

    /** Whoever cannot be told, because its thread has ended, does not concern the others. */
    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException gone) {
            LOG.debug("store: nobody there to tell", gone);
        }
    }

    @Override
    public void close() {
        batch.close();
    }
}

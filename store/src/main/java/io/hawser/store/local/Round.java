package io.hawser.store.local;

import io.hawser.core.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written at once, and what may be told when it is written. Lives for one turn of the writer, its owner.
 *
 * <p>Messages that this round appends are kept at hand, so that a consumer that waits for them gets them without reading.
 */
final class Round implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    private final Disk disk;
    private final WriteBatch batch = new WriteBatch();
    private final Map<Long, Layout.Kept> appended = new HashMap<>();
    private final Set<LocalDurable> touched = new LinkedHashSet<>();
    private final List<Runnable> deliveries = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private boolean sync;

    Round(Disk disk) {
        this.disk = disk;
    }

    void putFact(byte[] key, byte[] value) {
        put(disk.facts(), key, value);
        sync = true;
    }

    void deleteFact(byte[] key) {
        delete(disk.facts(), key);
        sync = true;
    }

    void append(long id, byte[] record, Layout.Kept kept) {
        put(disk.messages(), Layout.number(id), record);
        appended.put(id, kept);
        sync = true;
    }

    void putEntry(int durable, long id, int weight) {
        put(disk.entries(), Layout.entry(durable, id), Layout.weight(weight));
    }

    /** Rides with whatever is synced next: if it is lost, a message is delivered again, counted. */
    void deleteEntry(int durable, long id) {
        delete(disk.entries(), Layout.entry(durable, id));
    }

    /** As {@link #deleteEntry}. */
    void deleteMessage(long id) {
        delete(disk.messages(), Layout.number(id));
    }

    Layout.Kept message(long id) {
        Layout.Kept fresh = appended.get(id);
        return fresh != null ? fresh : disk.message(id);
    }

    /** {@code durable} may have something to deliver. */
    void touch(LocalDurable durable) {
        touched.add(durable);
    }

    /** The durables that may have something to deliver. */
    Set<LocalDurable> touched() {
        return touched;
    }

    /** Does {@code action} once everything is written. */
    void afterwards(Runnable action) {
        afterwards.add(action);
    }

    /** Does {@code delivery} once everything is written, before what else is to be done then. */
    void deliver(Runnable delivery) {
        deliveries.add(delivery);
    }

    /** Writes, then tells. */
    void finish() {
        if (batch.count() > 0) {
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

    private void put(ColumnFamilyHandle family, byte[] key, byte[] value) {
        try {
            batch.put(family, key, value);
        } catch (RocksDBException full) {
            throw new StoreException("the batch takes no more: " + full.getMessage(), full);
        }
    }

    private void delete(ColumnFamilyHandle family, byte[] key) {
        try {
            batch.delete(family, key);
        } catch (RocksDBException full) {
            throw new StoreException("the batch takes no more: " + full.getMessage(), full);
        }
    }

    @Override
    public void close() {
        batch.close();
    }
}

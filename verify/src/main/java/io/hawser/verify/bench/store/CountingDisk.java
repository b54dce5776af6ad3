package io.hawser.verify.bench.store;

import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.WriteBatch;

/** The disk of a store, which counts how often it synced. */
final class CountingDisk extends Disk {
    private final AtomicLong syncs = new AtomicLong();

    CountingDisk(Path folder) {
        super(DataFolder.open(folder));
    }

    @Override
    public void write(WriteBatch batch, boolean sync) {
        super.write(batch, sync);
        if (sync) {
            syncs.incrementAndGet();
        }
    }

    /** How many batches are on stable storage. */
    long syncs() {
        return syncs.get();
    }
}

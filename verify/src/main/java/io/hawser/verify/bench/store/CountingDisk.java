package io.hawser.verify.bench.store;

import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The disk of a store, which counts how often it synced. */
final class CountingDisk extends Disk {
    private final AtomicLong syncs = new AtomicLong();

    CountingDisk(Path folder) {
        super(DataFolder.open(folder));
    }

    @Override
    public void sync() {
        super.sync();
        syncs.incrementAndGet();
    }

    /** How often what was written came onto stable storage. */
    long syncs() {
        return syncs.get();
    }
}

package io.hawser.store.local;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.engine.TestEngine;
import io.hawser.core.time.ManualClock;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The local engine in a folder of its own, with time that a test turns by hand. */
final class LocalEngine implements TestEngine {
    private final ManualClock clock = new ManualClock();
    private final List<StoreException> failures = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final LocalStore store;

    LocalEngine(StoreLimits limits) {
        try {
            folder = Files.createTempDirectory("hawser-store");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        store = new LocalStore(new Disk(DataFolder.open(folder)), clock, DurableListener.NONE, limits, failures::add);
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    /** The second barrier is in a later turn than the first: all that the first turn told was told. */
    @Override
    public void settle() {
        Scene.barrier(store);
        Scene.barrier(store);
        clock.run();
    }

    @Override
    public void close() {
        store.close();
        Scene.delete(folder);
        if (!failures.isEmpty()) {
            throw new IllegalStateException("the store failed in a test that breaks nothing", failures.get(0));
        }
    }
}

package io.hawser.core.store.map;

import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.engine.Store;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;

class MemoryConcurrentMapsTest extends ConcurrentMapsContract {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    @Override
    protected Store open() {
        return new MemoryStore(StoreThread.on(thread, InstantSource.system()), DurableListener.NONE);
    }

    @AfterEach
    void end() {
        thread.shutdownNow();
    }
}

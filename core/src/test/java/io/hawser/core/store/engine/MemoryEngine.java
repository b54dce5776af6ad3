package io.hawser.core.store.engine;

import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.time.ManualClock;
import java.time.Duration;

/** The engine in memory, on the test's thread. */
public final class MemoryEngine implements TestEngine {
    private final ManualClock clock = new ManualClock();
    private final MemoryStore store;

    /** An empty engine. */
    public MemoryEngine(StoreLimits limits) {
        store = new MemoryStore(new StoreThread(clock, clock, clock::schedule), DurableListener.NONE, limits);
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    @Override
    public void settle() {
        clock.advance(Duration.ZERO);
    }

    @Override
    public void close() {
        store.close();
        clock.run();
    }
}

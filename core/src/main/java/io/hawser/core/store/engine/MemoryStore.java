package io.hawser.core.store.engine;

import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableLimits;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.durable.MemoryDurables;

/** The engine in memory: keeps everything as long as the process lives. */
public final class MemoryStore implements Store {
    private final MemoryDurables durables;

    /**
     * An empty store.
     *
     * @param thread owner of all state; the caller ends it after {@link #close()}
     * @param limits how much each durable may hold
     */
    public MemoryStore(StoreThread thread, DurableLimits limits) {
        this.durables = new MemoryDurables(thread, limits);
    }

    @Override
    public Durables durables() {
        return durables;
    }

    @Override
    public void close() {
        durables.close();
    }
}

package io.hawser.core.store.engine;

import io.hawser.core.store.durable.DurableLimits;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.durable.MemoryDurables;
import java.util.concurrent.Executor;

/** The engine in memory: keeps everything as long as the process lives. */
public final class MemoryStore implements Store {
    private final MemoryDurables durables;

    /**
     * An empty store.
     *
     * @param writer owner of all state: runs one task at a time, in order; the caller ends it after {@link #close()}
     * @param limits how much each durable may hold
     */
    public MemoryStore(Executor writer, DurableLimits limits) {
        this.durables = new MemoryDurables(writer, limits);
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

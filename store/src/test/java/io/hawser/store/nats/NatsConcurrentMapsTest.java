package io.hawser.store.nats;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.map.ConcurrentMapsContract;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class NatsConcurrentMapsTest extends ConcurrentMapsContract {
    private @Nullable NatsStore store;

    @Override
    protected Store open() {
        NatsStore opened = NatsEngine.open(
                NatsEngine.settings(), InstantSource.system(), DurableListener.NONE, StoreLimits.ON_DISK, failure -> {
                    throw failure;
                });
        store = opened;
        return opened;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}

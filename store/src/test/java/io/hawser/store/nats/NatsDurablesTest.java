package io.hawser.store.nats;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurablesContract;
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.engine.StoreLimits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class NatsDurablesTest extends DurablesContract {
    /** Set by the superclass's constructor, before this class's own. */
    private @Nullable NatsEngine engine;

    @Override
    protected Store open(DurableListener listener) {
        NatsEngine opened = new NatsEngine(NatsEngine.settings(), clock, listener, StoreLimits.ON_DISK);
        engine = opened;
        return opened.store();
    }

    @Override
    protected void settle(Store store) {
        NatsEngine.barrier(store);
        clock.run();
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(engine, "opened").close();
    }
}

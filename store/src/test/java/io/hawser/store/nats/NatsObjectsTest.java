package io.hawser.store.nats;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.object.ObjectsContract;
import io.hawser.core.store.object.StoredObjects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class NatsObjectsTest extends ObjectsContract {
    private static final AtomicLong AHEAD = new AtomicLong();
    private static final InstantSource CLOCK =
            () -> Instant.ofEpochMilli(InstantSource.system().millis() + AHEAD.get());

    /** Set by the superclass's constructor, before this class's own. */
    private @Nullable NatsStore store;

    @Override
    protected StoredObjects open(ObjectLimits limits) {
        NatsStore opened = NatsEngine.open(
                NatsEngine.settings(),
                CLOCK,
                DurableListener.NONE,
                StoreLimits.ON_DISK.withObjects(limits),
                failure -> {
                    throw failure;
                });
        store = opened;
        return opened.objects();
    }

    /** What {@code future} completes with; a minute is ten times what the slowest takes. */
    @Override
    protected <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(1, TimeUnit.MINUTES).join();
    }

    @Override
    protected void advance(Duration step) {
        AHEAD.addAndGet(step.toMillis());
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(store, "opened").close();
    }
}

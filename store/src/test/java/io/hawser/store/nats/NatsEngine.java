package io.hawser.store.nats;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.engine.TestEngine;
import io.hawser.core.time.ManualClock;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine on NATS under a name of its own, with time that a test turns by hand. */
final class NatsEngine implements TestEngine {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final ManualClock clock;
    private final List<StoreException> failures = new CopyOnWriteArrayList<>();
    private final NatsStore store;

    /** The one server that all tests share. */
    private static final class Shared {
        static final NatsServer SERVER = NatsServer.fresh();
    }

    NatsEngine(NatsSettings settings, StoreLimits limits) {
        this(settings, new ManualClock(), DurableListener.NONE, limits);
    }

    NatsEngine(NatsSettings settings, ManualClock clock, DurableListener listener, StoreLimits limits) {
        this.clock = clock;
        this.store = open(settings, clock, listener, limits, failures::add);
    }

    /** Another hub takes the store. */
    static NatsStore open(
            NatsSettings settings,
            InstantSource clock,
            DurableListener listener,
            StoreLimits limits,
            NatsListener failures) {
        return NatsStore.open(settings, "test " + COUNT.incrementAndGet(), clock, listener, limits, failures);
    }

    /** A new name on the shared server. */
    static NatsSettings settings() {
        assumeTrue(NatsServer.program().isPresent(), "nats-server is not installed");
        return NatsSettings.DEFAULT.withUrl(Shared.SERVER.url()).withName("t" + COUNT.incrementAndGet());
    }

    /** Returns when {@code store} has done all that was asked of it. */
    static void barrier(Store store) {
        // what is done in the same turn after the first answer, is done before the second
        for (int i = 0; i < 2; i++) {
            store.durables().list().exceptionally(closed -> List.of()).join();
        }
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
        barrier(store);
        barrier(store);
        clock.run();
    }

    @Override
    public void close() {
        store.close();
        if (!failures.isEmpty()) {
            throw new IllegalStateException("the store failed in a test that breaks nothing", failures.get(0));
        }
    }
}

package io.hawser.verify.system;

import io.hawser.app.config.ConfigReader;
import io.hawser.clever.gateway.CleverGateway;
import io.hawser.clever.gateway.FleetSettings;
import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.count.Counters;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.Router;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.net.Loops;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A ground station on loopback, on a bus of its own. */
final class Station implements AutoCloseable {
    final CleverGateway fleet;
    final int port;
    private final ScheduledExecutorService core = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService disks = Executors.newSingleThreadExecutor();
    private final Loops loops = Loops.start(1, "station");

    /** At {@code wanted}; 0: any port that is free. */
    Station(int wanted) {
        FleetSettings settings = new ConfigReader(Map.of())
                .flag("test", "clever.enabled", true)
                .flag("test", "clever.port", wanted)
                .flag("test", "clever.announce.enabled", false)
                .read()
                .clever()
                .orElseThrow();
        Counters counters = new Counters();
        Conductor conductor = new Conductor(core);
        MemoryStore store = new MemoryStore(StoreThread.on(core, InstantSource.system()), DurableListener.NONE);
        Bus bus = new Bus(
                new Router(conductor, store, Access.ALLOW_ALL, counters),
                conductor,
                store,
                Authenticator.BELIEVE,
                Access.ALLOW_ALL,
                counters,
                InstantSource.system(),
                OutboxLimits.DEFAULT,
                DurableSettings.DEFAULT);
        fleet = new CleverGateway(settings, bus, loops.next(), disks, new Random());
        port = fleet.start().getPort();
    }

    @Override
    public void close() {
        fleet.close();
        loops.close();
        disks.shutdown();
        core.shutdown();
    }
}

package io.hawser.verify.bench;

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
import io.hawser.eftl.gateway.EftlGateway;
import io.hawser.eftl.gateway.EftlSettings;
import io.hawser.net.Loops;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The hub as a process: says its port on its output and lives until its input ends. */
final class HubProgram {
    /** What stands before the port. */
    static final String READY = "port ";

    private HubProgram() {}

    /** Runs the hub. */
    public static void main(String[] arguments) throws IOException {
        ExecutorService conducting = Executors.newSingleThreadExecutor();
        ScheduledExecutorService storing = Executors.newSingleThreadScheduledExecutor();
        Clock clock = Clock.systemUTC();
        Counters counters = new Counters();
        Conductor conductor = new Conductor(conducting);
        MemoryStore store = new MemoryStore(StoreThread.on(storing, clock), DurableListener.NONE);
        Router router = new Router(conductor, store, Access.ALLOW_ALL, counters);
        Bus bus = new Bus(
                router,
                conductor,
                store,
                Authenticator.BELIEVE,
                Access.ALLOW_ALL,
                counters,
                clock,
                OutboxLimits.DEFAULT,
                DurableSettings.DEFAULT);
        try (Loops loops = Loops.start(Runtime.getRuntime().availableProcessors(), "loop");
                EftlGateway gateway = new EftlGateway(EftlSettings.DEFAULT.withPort(0), bus, loops)) {
            System.out.println(READY + gateway.start().getPort());
            while (System.in.read() >= 0) {
                // whoever started the hub ends it by closing its input
            }
        } finally {
            conducting.shutdown();
            storing.shutdown();
        }
    }
}

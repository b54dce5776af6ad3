package io.hawser.eftl;

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
import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.net.Loops;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The real gateway on the real core, listening on a free port of loopback. */
final class LiveGateway implements AutoCloseable {
    private final ExecutorService conductorThread = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService storeThread = Executors.newSingleThreadScheduledExecutor();
    private final Loops loops = Loops.start(2, "hub");
    private final EftlGateway gateway;
    private final InetSocketAddress address;

    LiveGateway() {
        this(EftlSettings.DEFAULT);
    }

    /** With {@code channel} as its only one. */
    LiveGateway(EftlChannel channel) {
        this(EftlSettings.DEFAULT.withChannels(List.of(channel)));
    }

    LiveGateway(EftlSettings settings) {
        gateway = new EftlGateway(settings.withPort(0), bus(), loops);
        address = gateway.start();
    }

    private Bus bus() {
        Counters counters = new Counters();
        Conductor conductor = new Conductor(conductorThread);
        MemoryStore store = new MemoryStore(StoreThread.on(storeThread, InstantSource.system()), DurableListener.NONE);
        Router router = new Router(conductor, store, Access.ALLOW_ALL, counters);
        return new Bus(
                router,
                conductor,
                store,
                Authenticator.BELIEVE,
                Access.ALLOW_ALL,
                counters,
                InstantSource.system(),
                OutboxLimits.DEFAULT,
                DurableSettings.DEFAULT);
    }

    InetSocketAddress address() {
        return address;
    }

    String url() {
        return url(address);
    }

    /** The channel of a gateway at {@code address}, or behind it. */
    static String url(InetSocketAddress address) {
        return "ws://127.0.0.1:" + address.getPort() + "/channel";
    }

    @Override
    public void close() {
        gateway.close();
        loops.close();
        conductorThread.shutdown();
        storeThread.shutdown();
    }
}

package io.hawser.verify.crash;

import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.count.Counters;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.Router;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.eftl.gateway.EftlGateway;
import io.hawser.eftl.gateway.EftlSettings;
import io.hawser.net.Loops;
import io.hawser.store.local.LocalStore;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A hub that does what ours must never do: it acknowledges without a sync. Shows that the proof can fail. */
final class UnsyncedHub {
    private UnsyncedHub() {}

    /** Never syncs, whatever it is told. */
    private static final class LazyDisk extends Disk {
        LazyDisk(DataFolder folder) {
            super(folder);
        }

        @Override
        public void sync() {}
    }

    /** The last argument is the data folder. */
    public static void main(String[] arguments) throws InterruptedException {
        Path data = Path.of(arguments[arguments.length - 1]);
        InstantSource clock = InstantSource.system();
        Store store = new LocalStore(
                new LazyDisk(DataFolder.open(data)), clock, DurableListener.NONE, StoreLimits.ON_DISK, failure -> {
                    throw failure;
                });
        Conductor conductor = new Conductor(Executors.newSingleThreadExecutor());
        Counters counters = new Counters();
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
        EftlGateway eftl = new EftlGateway(EftlSettings.DEFAULT.withPort(0), bus, Loops.start(1, "unsynced"));
        System.out.println("eftl ws://127.0.0.1:" + eftl.start().getPort() + "/channel");
        new CountDownLatch(1).await();
    }
}

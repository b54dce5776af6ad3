package io.hawser.iot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.Provision;
import io.hawser.iot.gateway.Cloud;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.LinkSettings;
import io.hawser.iot.link.ServerClock;
import io.hawser.iot.link.TrustedAssets;
import io.hawser.net.Loop;
import io.hawser.net.Loops;
import io.hawser.net.fault.FaultPlan;
import io.hawser.net.fault.FaultProxy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is waited for, the network or the program, while contents move; on a clock that the test puts forward. */
@Timeout(30)
class SlowProgramTest {
    private static final FaultPlan.Faults DEAD = FaultPlan.Faults.NONE.ending(0, FaultPlan.End.BLACK_HOLE);

    private final Loops loops = Loops.start(1, "slow");
    private final HurriedLoop loop = new HurriedLoop(loops.next());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Cloud cloud;
    private final FaultProxy proxy;
    private final TrustedAssets assets;
    private final HttpsLink link;
    private final StorageDispatcher dispatcher;
    private final byte[] content = new byte[40_000];
    private volatile FaultPlan.Faults network = FaultPlan.Faults.NONE;

    SlowProgramTest(@TempDir Path folder) throws Exception {
        new Random(8).nextBytes(content);
        cloud = new Cloud(folder);
        cloud.register("camera-1", "secret of camera-1");
        URI hub = URI.create(cloud.url());
        proxy = new FaultProxy(new InetSocketAddress(hub.getHost(), hub.getPort()), random -> network, 1);
        String url = "https://localhost:" + proxy.address().getPort();
        Path file = Provision.file(folder.resolve("d.conf"), url, "camera-1", cloud.trust(), Map.of());
        try (DirectlyConnectedDevice device = new DirectlyConnectedDevice(file, Provision.PASSPHRASE)) {
            device.activate();
        }
        assets = TrustedAssets.open(file, Provision.PASSPHRASE.toCharArray());
        ServerClock clock = new ServerClock(InstantSource.system());
        link = new HttpsLink(assets, LinkSettings.DEFAULT, clock, loops.next(), threads);
        dispatcher = new StorageDispatcher(
                StorageSettings.DEFAULT.withRetries(0, Duration.ZERO),
                () -> link.publicly(StorageDoor.PATH),
                assets.client(),
                loop,
                threads,
                threads);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
        link.close();
        proxy.close();
        cloud.close();
        threads.shutdownNow();
        loops.close();
    }

    private StorageObject object() throws StorageException {
        return dispatcher.create(assets.id(), "picture", "image/jpeg");
    }

    /** A program that takes a minute for the next piece. */
    private void dawdle() {
        int before = loop.looks.get();
        loop.ahead.addAndGet(Duration.ofMinutes(1).toNanos());
        await().until(() -> loop.looks.get() > before + 2);
    }

    @Test
    void aProgramMayTakeItsTime() throws Exception {
        StorageObject picture = object();
        picture.setInputStream(new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] bytes, int from, int most) {
                dawdle();
                return super.read(bytes, from, most);
            }
        });
        picture.sync().join();

        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int count) {
                dawdle();
                super.write(bytes, from, count);
            }
        };
        picture.setOutputStream(out);
        picture.sync().join();
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    @Test
    void theNetworkMayNot() throws Exception {
        StorageObject picture = object();
        network = DEAD;
        picture.setInputStream(new ByteArrayInputStream(content));
        CompletableFuture<StorageObject> moving = picture.sync();
        await().until(() -> {
            loop.ahead.addAndGet(Duration.ofMinutes(1).toNanos());
            return moving.isDone();
        });
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(moving::join)
                .withMessageContaining("nothing moved for PT15S");
    }

    @Test
    void whoeverWatchedTheFirstTransferDoesNotWatchTheSecond() throws Exception {
        StorageObject picture = object();
        for (int i = 0; i < 3; i++) {
            picture.setInputStream(new InputStream() {
                @Override
                public int read() {
                    return 7;
                }
            });
            CompletableFuture<StorageObject> moving = picture.sync();
            await().until(() -> dispatcher.getQueueSize() == 0 && loop.pending.get() == 1);
            dispatcher.cancel(picture);
            await().until(moving::isDone);
        }
    }

    /** A real loop whose timers come soon, and whose clock can be put forward. */
    private static final class HurriedLoop implements Loop {
        private static final Duration SOON = Duration.ofMillis(5);

        private final Loop loop;
        final AtomicLong ahead = new AtomicLong();
        final AtomicInteger looks = new AtomicInteger();
        final AtomicInteger pending = new AtomicInteger();

        HurriedLoop(Loop loop) {
            this.loop = loop;
        }

        @Override
        public boolean inLoop() {
            return loop.inLoop();
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            pending.incrementAndGet();
            return loop.schedule(SOON, () -> {
                task.run();
                pending.decrementAndGet();
                looks.incrementAndGet();
            });
        }

        @Override
        public long nanoTime() {
            return loop.nanoTime() + ahead.get();
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }
    }
}

package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.map.MapName;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.rack.Batch;
import io.hawser.store.rack.Family;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the room of messages that nobody needs is given back. */
class TidyingTest {
    private static final MapName MAP = new MapName("test", "map");

    private final ManualClock clock = new ManualClock();
    private final Semaphore syncs = new Semaphore(1_000);
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger drops = new AtomicInteger();
    private final LocalStore store;

    /** Syncs while it may, and counts what it is told to do. */
    private final class TestDisk extends Disk {
        TestDisk(Path temp) {
            super(DataFolder.open(temp));
        }

        @Override
        public void write(Batch batch) {
            super.write(batch);
            writes.incrementAndGet();
        }

        @Override
        public void sync() {
            syncs.acquireUninterruptibly();
            super.sync();
        }

        @Override
        public void drop(Family family, byte[] first, byte[] last) {
            super.drop(family, first, last);
            drops.incrementAndGet();
        }
    }

    TidyingTest(@TempDir Path temp) {
        store = new LocalStore(new TestDisk(temp), clock, DurableListener.NONE, StoreLimits.ON_DISK, failure -> {});
    }

    @AfterEach
    void close() {
        syncs.release(1_000);
        store.close();
    }

    /** A turn with something to write, two seconds after the last. */
    private CompletableFuture<Long> turn() {
        clock.advance(Duration.ofSeconds(2));
        int before = writes.get();
        CompletableFuture<Long> set = store.maps().set(MAP, "key", Fields.EMPTY);
        while (writes.get() == before) {
            Thread.onSpinWait();
        }
        return set;
    }

    @Test
    void messagesGoOnlyWhenItIsSafeThatNobodyNeedsThem() {
        store.durables().define(ONE, DurableSettings.DEFAULT, new byte[0]).join();
        Scene.Ear ear = new Scene.Ear(store, ONE, 1);
        long id = store.durables()
                .append(TestMessages.numbered(1), Optional.empty(), List.of(ONE))
                .join();
        Scene.barrier(store);
        ear.consumer.acknowledge(List.of(id));
        Scene.barrier(store);
        syncs.drainPermits();
        CompletableFuture<Long> found = turn();
        CompletableFuture<Long> later = turn();
        assertThat(drops).hasValue(0);
        syncs.release(1_000);
        found.join();
        later.join();
        turn().join();
        assertThat(drops).hasValue(1);
    }
}

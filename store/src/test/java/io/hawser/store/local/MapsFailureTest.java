package io.hawser.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.MapStart;
import io.hawser.core.store.map.MapWatch;
import io.hawser.core.value.Fields;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.rack.Batch;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps on a disk that is slow, and on one that fails. */
class MapsFailureTest {
    private static final MapName ONE = new MapName("test", "one");
    private static final MapName TWO = new MapName("test", "two");

    private final Semaphore turns = new Semaphore(0);
    private final List<Long> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean broken;

    /** Syncs once a turn is given, or fails. */
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
            turns.acquireUninterruptibly();
            if (broken) {
                throw new StoreException("EIO");
            }
            super.sync();
        }
    }

    private final LocalStore store;

    MapsFailureTest(@TempDir Path temp) {
        store = new LocalStore(
                new TestDisk(temp), InstantSource.system(), DurableListener.NONE, StoreLimits.ON_DISK, failure -> {});
        MapWatch watch = store.maps().watch(ONE, "", MapStart.NOW, Runnable::run, new MapWatch.Listener() {
            @Override
            public void changed(List<MapEntry> changes) {
                changes.forEach(change -> told.add(change.revision()));
            }

            @Override
            public void restarted() {}

            @Override
            public void failed(StoreException why) {}
        });
        watch.request(100);
    }

    @AfterEach
    void close() {
        turns.release(1_000);
        store.close();
    }

    private CompletableFuture<Long> set(MapName name) {
        return store.maps().set(name, "a", Fields.EMPTY);
    }

    private void awaitSync() {
        while (!turns.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aSetIsToldOnlyWhenItIsOnStableStorage() {
        CompletableFuture<Long> set = set(ONE);
        CompletableFuture<Optional<MapEntry>> got = store.maps().get(ONE, "a");
        awaitSync();
        assertThat(set).isNotDone();
        assertThat(got).isNotDone();
        assertThat(told).isEmpty();
        turns.release();
        long revision = set.join();
        turns.release();
        assertThat(got.join().orElseThrow().revision()).isEqualTo(revision);
        Scene.barrier(store);
        assertThat(told).containsExactly(revision);
    }

    @Test
    void aReadOfWhatAnEarlierTurnWroteWaitsUntilThatIsOnStableStorage() {
        CompletableFuture<Long> set = set(ONE);
        awaitSync();
        CompletableFuture<Optional<MapEntry>> got = store.maps().get(ONE, "a");
        CompletableFuture<Long> behind = set(TWO);
        while (writes.get() < 2) {
            Thread.onSpinWait();
        }
        assertThat(got).isNotDone();
        turns.release();
        assertThat(set.join()).isPositive();
        turns.release();
        assertThat(got.join()).isPresent();
        assertThat(behind.join()).isPositive();
    }

    @Test
    void afterAFailedWriteNothingIsToldAnyMore() {
        broken = true;
        turns.release(1_000);
        assertThatThrownBy(set(ONE)::join).hasMessageContaining("EIO");
        broken = false;
        assertThatThrownBy(set(ONE)::join).hasMessageContaining("EIO");
        assertThatThrownBy(store.maps().get(ONE, "a")::join).hasMessageContaining("EIO");
        assertThat(told).isEmpty();
    }
}

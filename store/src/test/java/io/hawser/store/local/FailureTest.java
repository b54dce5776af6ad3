package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is slow, and one that fails. */
class FailureTest {
    private final Semaphore turns = new Semaphore(0);
    private final List<StoreException> failures = new CopyOnWriteArrayList<>();
    private volatile boolean broken;
    private volatile boolean buggy;

    /** Syncs once a turn is given, or fails. */
    private final class TestDisk extends Disk {
        TestDisk(Path temp) {
            super(DataFolder.open(temp));
        }

        @Override
        public void sync() {
            turns.acquireUninterruptibly();
            if (broken) {
                throw new StoreException("EIO");
            }
            if (buggy) {
                throw new AssertionError("a bug");
            }
            super.sync();
        }
    }

    private final LocalStore store;

    FailureTest(@TempDir Path temp) {
        store = new LocalStore(
                new TestDisk(temp), InstantSource.system(), DurableListener.NONE, StoreLimits.ON_DISK, failures::add);
    }

    @AfterEach
    void close() {
        turns.release(1_000);
        store.close();
    }

    private void define() {
        CompletableFuture<Void> defined = store.durables().define(ONE, DurableSettings.DEFAULT, new byte[0]);
        turns.release();
        defined.join();
    }

    @Test
    void anAppendCompletesOnlyWhenItIsOnStableStorage() {
        define();
        CompletableFuture<Long> kept =
                store.durables().append(TestMessages.numbered(1), Optional.empty(), List.of(ONE));
        while (!turns.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
        assertThat(kept).isNotDone();
        turns.release();
        assertThat(kept.join()).isPositive();
    }

    @Test
    void afterAFailedWriteNothingIsAcknowledgedAndTheFailureIsToldOnce() {
        define();
        broken = true;
        turns.release(1_000);
        CompletableFuture<Long> first =
                store.durables().append(TestMessages.numbered(1), Optional.empty(), List.of(ONE));
        assertThatThrownBy(first::join).hasMessageContaining("EIO");
        broken = false;
        CompletableFuture<Long> second =
                store.durables().append(TestMessages.numbered(2), Optional.empty(), List.of(ONE));
        assertThatThrownBy(second::join).hasMessageContaining("EIO");
        assertThatThrownBy(() -> store.durables()
                        .define(ONE, DurableSettings.DEFAULT, new byte[0])
                        .join())
                .hasMessageContaining("EIO");
        assertThat(failures).hasSize(1);
    }

    @Test
    void afterABugWhileSyncingEveryoneIsRefusedAndNobodyWaits() {
        define();
        buggy = true;
        turns.release(1_000);
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Long> kept =
                    store.durables().append(TestMessages.numbered(i), Optional.empty(), List.of(ONE));
            assertThatThrownBy(() -> kept.get(30, TimeUnit.SECONDS)).hasMessageContaining("a bug");
        }
        assertThat(failures).hasSize(1);
    }

    @Test
    void nothingIsDeliveredWhoseMarkCouldNotBeWritten() {
        define();
        turns.release(1_000);
        Scene.Ear ear = new Scene.Ear(store, ONE, 9);
        broken = true;
        assertThat(store.durables().append(TestMessages.numbered(1), Optional.empty(), List.of(ONE)))
                .failsWithin(java.time.Duration.ofSeconds(30));
        Scene.barrier(store);
        assertThat(ear.heard).isEmpty();
    }

    @Test
    void anObjectWhoseRecordCannotBeWrittenDoesNotAppear() {
        CompletableFuture<Upload> begun = store.objects().begin(UploadRequest.of(ObjectScene.NAME));
        turns.release();
        Upload upload = begun.join();
        broken = true;
        turns.release(1_000);
        assertThatThrownBy(upload.commit()::join).hasMessageContaining("EIO");
        assertThat(store.objects().info(ObjectScene.NAME).join()).isEmpty();
    }
}

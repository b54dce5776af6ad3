package io.hawser.core.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.time.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryObjectsTest extends ObjectsContract {
    private static final UploadRequest REQUEST = UploadRequest.of(new ObjectName("o", "n"));

    private final ManualClock other = new ManualClock();
    private final MemoryStore store = store(other, LIMITS);

    private static MemoryStore store(ManualClock clock, ObjectLimits limits) {
        return new MemoryStore(
                new StoreThread(clock, clock, clock::schedule),
                DurableListener.NONE,
                StoreLimits.ON_DISK.withObjects(limits));
    }

    @Override
    protected StoredObjects open(ObjectLimits limits) {
        return store(clock, limits).objects();
    }

    @Override
    protected <T> T done(CompletableFuture<T> future) {
        clock.run();
        assertThat(future).isDone();
        return future.join();
    }

    @Override
    protected void advance(Duration step) {
        clock.advance(step);
    }

    @Test
    void nothingIsDoneUntilTheThreadRuns() {
        CompletableFuture<Upload> begun = store.objects().begin(REQUEST);
        assertThat(begun).isNotDone();
        other.run();
        Upload upload = begun.join();
        CompletableFuture<Long> first = upload.write(ByteBuffer.allocate(Upload.WINDOW / 2));
        CompletableFuture<Long> second = upload.write(ByteBuffer.allocate(Upload.WINDOW / 2));
        assertThat(first).isNotDone();
        other.run();
        assertThat(second).isCompletedWithValue((long) Upload.WINDOW);
    }

    @Test
    void whoDoesNotWaitForTheWindowLosesTheUpload() {
        CompletableFuture<Upload> begun = store.objects().begin(REQUEST);
        other.run();
        Upload upload = begun.join();
        for (int i = 0; i < Upload.WINDOW / 4096; i++) {
            assertThat(upload.write(ByteBuffer.allocate(1))).isNotDone();
        }
        assertThatThrownBy(upload.write(ByteBuffer.allocate(1))::join)
                .hasMessageContaining("more than 524288 bytes under way");
        CompletableFuture<ObjectInfo> committed = upload.commit();
        other.run();
        assertThat(committed).isCompletedExceptionally();
    }

    @Test
    void aSecondReadMustWaitForTheFirst() {
        CompletableFuture<Upload> begun = store.objects().begin(REQUEST);
        other.run();
        begun.join().commit();
        other.run();
        var opened = store.objects().open(REQUEST.name());
        other.run();
        ObjectReader reader = opened.join().orElseThrow();
        CompletableFuture<ByteBuffer> first = reader.read(0, 1);
        assertThatThrownBy(reader.read(0, 1)::join).hasMessageContaining("a read of object o/n is under way");
        other.run();
        assertThat(first.join().remaining()).isZero();
    }

    @Test
    void anUploadIsGivenUpWithoutAnybodyAsking() {
        store.objects().begin(REQUEST.withSize(10));
        other.advance(Duration.ofHours(24));
        var usage = store.objects().usage();
        other.run();
        assertThat(usage.join()).isEmpty();
    }

    @Test
    void aClosedStoreRefuses() {
        CompletableFuture<Upload> begun = store.objects().begin(REQUEST);
        other.run();
        store.close();
        CompletableFuture<Long> written = begun.join().write(ByteBuffer.allocate(1));
        CompletableFuture<Upload> refused = store.objects().begin(REQUEST);
        other.run();
        assertThatThrownBy(written::join).hasMessageContaining("closed");
        assertThatThrownBy(refused::join).hasMessageContaining("closed");
    }
}

package io.hawser.core.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.StoreException;
import io.hawser.core.time.ManualClock;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every engine's objects must do. Each engine's test extends this and says how to make one. */
public abstract class ObjectsContract {
    /** Limits that are soon reached: 1 MiB an object, 1.5 MiB an owner, 2 MiB in all. */
    protected static final ObjectLimits LIMITS =
            new ObjectLimits(1 << 20, 3 << 19, 2 << 20, 6, 3, 2, Duration.ofHours(24));

    private static final ObjectName ONE = new ObjectName("gcs-7", "logs/one");
    private static final int CHUNK = StoredObjects.CHUNK;

    /** The thread and the time of an engine that has none of its own. */
    protected final ManualClock clock = new ManualClock();

    private final StoredObjects objects = open(LIMITS);

    /** A new, empty engine. */
    protected abstract StoredObjects open(ObjectLimits limits);

    /** What {@code future} completes with, once the engine has come so far. */
    protected abstract <T> T done(CompletableFuture<T> future);

    /** Turns the engine's time forward. */
    protected abstract void advance(Duration step);

    /** Hears everything, as text. */
    private static final class Ear implements ObjectListener {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void appeared(ObjectInfo object) {
            heard.add("appeared " + object.name());
        }

        @Override
        public void replaced(ObjectInfo older, ObjectInfo newer) {
            heard.add("replaced " + older.size() + " by " + newer.size());
        }

        @Override
        public void deleted(ObjectInfo object) {
            heard.add("deleted " + object.name());
        }

        @Override
        public void progress(UploadProgress upload) {
            heard.add("progress " + upload.length() + " of " + upload.size().orElse(-1));
        }
    }

    @Test
    void anObjectComesBackAsItWasWithItsHashAndMetadata() {
        ObjectMetadata metadata = new ObjectMetadata("image/png", Map.of("camera", "left", "lens", "żółw"));
        for (int size : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK}) {
            byte[] bytes = TestBytes.random(size, size);
            ObjectName name = new ObjectName("gcs-7", "any");
            Upload upload = done(objects.begin(UploadRequest.of(name).withMetadata(metadata)));
            write(upload, bytes, 100_000);
            ObjectInfo info = done(upload.commit());
            assertThat(info.name()).isEqualTo(name);
            assertThat(info.size()).isEqualTo(size);
            assertThat(info.sha256()).isEqualTo(TestBytes.sha256(bytes));
            assertThat(info.metadata()).isEqualTo(metadata);
            assertThat(done(objects.info(name))).contains(info);
            assertThat(read(name)).as("%d bytes", size).isEqualTo(bytes);
        }
    }

    @Test
    void whatIsKnownOnlyAtTheEndIsSaidWithTheCommit() {
        Upload upload = begin(ONE);
        write(upload, new byte[3], 3);
        ObjectMetadata metadata = new ObjectMetadata("text/plain", Map.of("lines", "1"));
        assertThat(done(upload.commit(metadata)).metadata()).isEqualTo(metadata);
        assertThat(done(objects.info(ONE)).orElseThrow().metadata()).isEqualTo(metadata);
    }

    @Test
    void nothingIsVisibleBeforeTheCommit() {
        Upload upload = begin(ONE);
        write(upload, TestBytes.random(1, 2 * CHUNK), CHUNK);
        assertThat(done(objects.info(ONE))).isEmpty();
        assertThat(done(objects.open(ONE))).isEmpty();
        assertThat(list("", "", 9)).isEmpty();
        done(upload.commit());
        assertThat(list("", "", 9)).containsExactly("logs/one");
    }

    @Test
    void aWrongHashIsRefusedAndTheOlderObjectStays() {
        byte[] old = put(ONE, 10);
        String other = TestBytes.sha256(new byte[1]);
        Upload told = begin(ONE);
        write(told, TestBytes.random(2, 20), 20);
        assertRefused(told.commit(other), "has the SHA-256 " + TestBytes.sha256(TestBytes.random(2, 20)));
        Upload promised = done(objects.begin(UploadRequest.of(ONE).withSha256(other)));
        write(promised, TestBytes.random(2, 20), 20);
        assertRefused(promised.commit(), other + " was promised");
        assertThat(read(ONE)).isEqualTo(old);
        assertThat(done(objects.resume(promised.id()))).isEmpty();
        assertThat(done(objects.usage())).containsExactly(Map.entry("gcs-7", 10L));
        Upload right = begin(ONE);
        write(right, new byte[1], 1);
        assertThat(done(right.commit(other)).sha256()).isEqualTo(other);
    }

    @Test
    void aWrongSizeIsRefused() {
        Upload upload = done(objects.begin(UploadRequest.of(ONE).withSize(10)));
        write(upload, new byte[9], 9);
        assertRefused(upload.commit(), "has 9 bytes, 10 were promised");
        Upload longer = done(objects.begin(UploadRequest.of(ONE).withSize(10)));
        assertRefused(longer.write(ByteBuffer.allocate(11)), "longer than the 10 bytes that were promised");
        assertRefused(longer.commit(), "resume it");
        done(longer.abort());
        assertThat(done(objects.info(ONE))).isEmpty();
        assertThat(done(objects.usage())).isEmpty();
    }

    @Test
    void aReaderOfTheOlderObjectFinishesUndisturbed() {
        byte[] old = put(ONE, 2 * CHUNK + 5);
        ObjectReader reader = done(objects.open(ONE)).orElseThrow();
        byte[] first = TestBytes.of(done(reader.read(0, CHUNK)));
        byte[] newer = put(ONE, 7);
        assertThat(read(ONE)).isEqualTo(newer);
        done(objects.delete(ONE));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(rest(reader, CHUNK));
        assertThat(all.toByteArray()).isEqualTo(old);
        assertThat(reader.info().size()).isEqualTo(old.length);
    }

    @Test
    void replacingKeepsTheCreationAndRaisesTheRevision() {
        put(ONE, 1);
        ObjectInfo first = done(objects.info(ONE)).orElseThrow();
        advance(Duration.ofSeconds(5));
        put(ONE, 2);
        ObjectInfo second = done(objects.info(ONE)).orElseThrow();
        assertThat(second.created()).isEqualTo(first.created());
        assertThat(second.modified()).isGreaterThanOrEqualTo(first.modified() + 5_000);
        assertThat(second.revision()).isGreaterThan(first.revision());
    }

    @Test
    void rangesAreReadFromAnyOffset() {
        byte[] bytes = put(ONE, 2 * CHUNK + 100);
        ObjectReader reader = done(objects.open(ONE)).orElseThrow();
        assertThat(done(reader.read(5, 10))).isEqualTo(ByteBuffer.wrap(bytes, 5, 10));
        assertThat(done(reader.read(CHUNK - 3, 10))).isEqualTo(ByteBuffer.wrap(bytes, CHUNK - 3, 3));
        assertThat(done(reader.read(2L * CHUNK + 90, 1_000))).isEqualTo(ByteBuffer.wrap(bytes, 2 * CHUNK + 90, 10));
        assertThat(done(reader.read(2L * CHUNK + 100, 1)).remaining()).isZero();
        assertThat(done(reader.read(Long.MAX_VALUE, 1)).remaining()).isZero();
        assertThatThrownBy(() -> reader.read(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        reader.close();
        assertRefused(reader.read(0, 1), "is closed");
    }

    @Test
    void aReaderTakesOneReadAtATimeAndAnUploadOneWindow() {
        put(ONE, 10);
        ObjectReader reader = done(objects.open(ONE)).orElseThrow();
        Upload upload = begin(ONE);
        assertRefused(upload.write(ByteBuffer.allocate(Upload.WINDOW + 1)), "wait until writes are done");
        assertRefused(upload.commit(), "resume it");
        Upload again = done(objects.resume(upload.id())).orElseThrow();
        for (int i = 0; i < 5; i++) {
            done(again.write(ByteBuffer.allocate(Upload.WINDOW / 8)));
        }
        done(again.abort());
        done(reader.read(0, 1));
        done(reader.read(1, 1));
    }

    @Test
    void anInterruptedUploadGoesOnWhereItStands() {
        byte[] bytes = TestBytes.random(3, 2 * CHUNK + 50);
        Upload lost = begin(ONE);
        done(lost.write(ByteBuffer.wrap(bytes, 0, CHUNK + 10)));
        Upload next = done(objects.resume(lost.id())).orElseThrow();
        assertThat(next.id()).isEqualTo(lost.id());
        assertThat(next.offset()).isEqualTo(CHUNK + 10);
        assertRefused(lost.write(ByteBuffer.allocate(1)), "resumed by another");
        assertRefused(lost.abort(), "resumed by another");
        lost.close();
        done(next.write(ByteBuffer.wrap(bytes, CHUNK + 10, CHUNK + 40)));
        done(next.commit(TestBytes.sha256(bytes)));
        assertThat(read(ONE)).isEqualTo(bytes);
        assertThat(done(objects.resume(next.id()))).isEmpty();
        assertThat(done(objects.resume("4711"))).isEmpty();
        assertThat(done(objects.resume("../x"))).isEmpty();
    }

    @Test
    void anAbandonedUploadExpiresAndItsSpaceReturns() {
        Upload upload = done(objects.begin(UploadRequest.of(ONE).withSize(1_000)));
        advance(Duration.ofHours(23));
        done(upload.write(ByteBuffer.allocate(500)));
        upload.close();
        advance(Duration.ofHours(23));
        assertThat(done(objects.usage())).containsExactly(Map.entry("gcs-7", 1_000L));
        assertThat(done(objects.resume(upload.id()))).isPresent();
        advance(Duration.ofHours(24));
        assertThat(done(objects.resume(upload.id()))).isEmpty();
        assertThat(done(objects.usage())).isEmpty();
    }

    @Test
    void abortLeavesNothing() {
        Upload upload = begin(ONE);
        done(upload.write(ByteBuffer.allocate(100)));
        done(upload.abort());
        assertRefused(upload.write(ByteBuffer.allocate(1)), "has ended");
        assertRefused(upload.commit(), "has ended");
        assertThat(done(objects.resume(upload.id()))).isEmpty();
        assertThat(done(objects.usage())).isEmpty();
    }

    @Test
    void listsByOwnerPrefixAndPage() {
        for (String name : List.of("b", "a/2", "a/1", "ab")) {
            put(new ObjectName("gcs-7", name), 1);
        }
        put(new ObjectName("gcs-8", "a/3"), 1);
        assertThat(list("", "", 9)).containsExactly("a/1", "a/2", "ab", "b");
        assertThat(list("a/", "", 9)).containsExactly("a/1", "a/2");
        assertThat(list("a", "", 2)).containsExactly("a/1", "a/2");
        assertThat(list("a", "a/2", 2)).containsExactly("ab");
        assertThat(list("c", "", 9)).isEmpty();
        assertThat(done(objects.list("nobody", "", "", 9))).isEmpty();
    }

    @Test
    void deleteIsForGood() {
        put(ONE, 10);
        assertThat(done(objects.delete(ONE))).isTrue();
        assertThat(done(objects.delete(ONE))).isFalse();
        assertThat(done(objects.open(ONE))).isEmpty();
        assertThat(list("", "", 9)).isEmpty();
        assertThat(done(objects.usage())).isEmpty();
    }

    @Test
    void bytesAreLimitedForOneObjectForAnOwnerAndInAll() {
        ObjectName other = new ObjectName("gcs-8", "x");
        assertRefused(objects.begin(UploadRequest.of(ONE).withSize((1 << 20) + 1)), "longer than the limit of 1048576");
        Upload grown = begin(ONE);
        write(grown, new byte[1 << 20], CHUNK);
        assertRefused(grown.write(ByteBuffer.allocate(1)), "longer than the limit of 1048576");
        Upload again = done(objects.resume(grown.id())).orElseThrow();
        done(again.commit());
        assertThat(done(objects.begin(UploadRequest.of(ONE).withSize(1 << 19)))).isNotNull();
        Upload full = begin(ONE);
        assertRefused(full.write(ByteBuffer.allocate(1)), "objects and uploads of gcs-7 take 1572864 of 1572864");
        assertThat(done(objects.begin(UploadRequest.of(other).withSize(1 << 19))))
                .isNotNull();
        assertRefused(objects.begin(UploadRequest.of(other).withSize(1)), "limit");
        done(objects.delete(ONE));
        assertThat(done(objects.usage())).isEqualTo(Map.of("gcs-7", 1L << 19, "gcs-8", 1L << 19));
    }

    @Test
    void theTotalIsLimited() {
        put(ONE, 1 << 20);
        put(new ObjectName("gcs-8", "x"), 1 << 20);
        assertRefused(
                objects.begin(UploadRequest.of(new ObjectName("gcs-9", "x")).withSize(1)),
                "objects and uploads in all take 2097152 of 2097152");
    }

    @Test
    void objectsUploadsAndReadersAreCounted() {
        put(ONE, 1);
        List<ObjectReader> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(done(objects.open(ONE)).orElseThrow());
        }
        assertRefused(objects.open(ONE), "2 readers of objects, the limit");
        readers.get(0).close();
        assertThat(done(objects.open(ONE))).isPresent();
        List<Upload> uploads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            uploads.add(begin(new ObjectName("gcs-7", "u" + i)));
        }
        assertRefused(objects.begin(UploadRequest.of(ONE)), "3 uploads, the limit");
        for (Upload upload : uploads) {
            done(upload.commit());
        }
        put(new ObjectName("gcs-7", "five"), 1);
        put(new ObjectName("gcs-7", "six"), 1);
        assertRefused(objects.begin(UploadRequest.of(ONE)), "6 objects and uploads, the limit");
    }

    @Test
    void whoListensHearsWhatHappens() {
        Ear ear = new Ear();
        objects.listen(Runnable::run, ear);
        Upload upload = done(objects.begin(UploadRequest.of(ONE).withSize(CHUNK + 10)));
        write(upload, new byte[CHUNK + 10], CHUNK / 2);
        done(upload.commit());
        put(ONE, 3);
        done(objects.delete(ONE));
        assertThat(ear.heard)
                .containsExactly(
                        "progress 262144 of 262154",
                        "progress 262154 of 262154",
                        "appeared gcs-7/logs/one",
                        "replaced 262154 by 3",
                        "deleted gcs-7/logs/one");
    }

    @Test
    void progressIsKnownWithoutASizeToo() {
        Upload upload = begin(ONE);
        assertThat(done(upload.write(ByteBuffer.allocate(7)))).isEqualTo(7);
        assertThat(done(upload.write(ByteBuffer.allocate(8)))).isEqualTo(15);
    }

    private Upload begin(ObjectName name) {
        return done(objects.begin(UploadRequest.of(name)));
    }

    private void write(Upload upload, byte[] bytes, int step) {
        for (int at = 0; at < bytes.length; at += step) {
            done(upload.write(ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at))));
        }
    }

    private byte[] put(ObjectName name, int size) {
        byte[] bytes = TestBytes.random(size, size);
        Upload upload = begin(name);
        write(upload, bytes, CHUNK);
        done(upload.commit());
        return bytes;
    }

    private byte[] read(ObjectName name) {
        Optional<ObjectReader> reader = done(objects.open(name));
        return rest(reader.orElseThrow(), 0);
    }

    private byte[] rest(ObjectReader reader, long offset) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long at = offset;
        for (ByteBuffer next = done(reader.read(at, CHUNK)); next.hasRemaining(); next = done(reader.read(at, CHUNK))) {
            all.writeBytes(TestBytes.of(next));
            at += next.remaining();
        }
        reader.close();
        return all.toByteArray();
    }

    private List<String> list(String prefix, String after, int limit) {
        return done(objects.list("gcs-7", prefix, after, limit)).stream()
                .map(object -> object.name().name())
                .toList();
    }

    private void assertRefused(CompletableFuture<?> future, String why) {
        assertThatThrownBy(() -> done(future))
                .hasRootCauseInstanceOf(StoreException.class)
                .rootCause()
                .hasMessageContaining(why);
    }
}

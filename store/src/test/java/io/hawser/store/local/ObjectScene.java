package io.hawser.store.local;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.ObjectReader;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.TestBytes;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A store in a folder with a time that goes on as a test wants; the test closes, kills and opens it again. */
final class ObjectScene {
    static final ObjectName NAME = new ObjectName("gcs-7", "logs/one");

    private final Path folder;
    private final ObjectLimits limits;
    private final AtomicLong ahead = new AtomicLong();
    private final List<StoreException> failures = new CopyOnWriteArrayList<>();
    private LocalStore store;

    ObjectScene(Path folder, ObjectLimits limits) {
        this.folder = folder;
        this.limits = limits;
        this.store = start();
    }

    private LocalStore start() {
        InstantSource clock = () -> Instant.ofEpochMilli(InstantSource.system().millis() + ahead.get());
        return new LocalStore(
                new Disk(DataFolder.open(folder)),
                clock,
                DurableListener.NONE,
                StoreLimits.ON_DISK.withObjects(limits),
                failures::add);
    }

    LocalStore store() {
        return store;
    }

    StoredObjects objects() {
        return store.objects();
    }

    /** Where the contents are. */
    Path files() {
        return folder.resolve("objects");
    }

    void advance(Duration step) {
        ahead.addAndGet(step.toMillis());
    }

    /** As after an end of the hub and a start. */
    void restart() {
        store.close();
        store = start();
    }

    /** As after a kill: another store on a copy of what was on disk at this moment. */
    ObjectScene killed(Path copy) {
        Scene.copy(folder, copy);
        return new ObjectScene(copy, limits);
    }

    void close() {
        store.close();
    }

    void delete() {
        Scene.delete(folder);
    }

    /** What {@code future} completes with; a minute is ten times what the slowest takes. */
    static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(1, TimeUnit.MINUTES).join();
    }

    Upload begin() {
        return done(objects().begin(UploadRequest.of(NAME)));
    }

    static void write(Upload upload, byte[] bytes, int from, int to) {
        for (int at = from; at < to; at += StoredObjects.CHUNK) {
            done(upload.write(ByteBuffer.wrap(bytes, at, Math.min(StoredObjects.CHUNK, to - at))));
        }
    }

    byte[] put(long seed, int size) {
        byte[] bytes = TestBytes.random(seed, size);
        Upload upload = begin();
        write(upload, bytes, 0, size);
        done(upload.commit());
        return bytes;
    }

    /** The content of the object; empty if there is none. */
    Optional<byte[]> read() {
        return done(objects().open(NAME)).map(ObjectScene::read);
    }

    static byte[] read(ObjectReader reader) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer next;
        do {
            next = done(reader.read(all.size(), StoredObjects.CHUNK));
            all.writeBytes(TestBytes.of(next));
        } while (next.hasRemaining());
        reader.close();
        return all.toByteArray();
    }
}

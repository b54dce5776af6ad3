package io.hawser.store.local;

import static io.hawser.store.local.ObjectScene.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.TestBytes;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.core.store.record.RecordTable;
import io.hawser.core.store.record.User;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.DiskSettings;
import io.hawser.store.local.disk.Space;
import io.hawser.store.local.disk.Watch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a full disk nothing is taken that makes the data grow; whatever reads or makes room goes on. */
class FullTest {
    private static final long MIB = 1 << 20;
    private static final DiskSettings SETTINGS = new DiskSettings(0, 0, 40 * MIB, 0, 16 * MIB);
    private static final MapName MAP = new MapName("test", "map");
    private static final Fields VALUE = Fields.builder().put("n", 1).build();

    @TempDir
    private Path folder;

    private final AtomicLong free = new AtomicLong(500);
    private final ManualClock clock = new ManualClock();
    private final List<StoreException> failures = new CopyOnWriteArrayList<>();
    private LocalStore store;

    @BeforeEach
    void open() {
        Disk disk = new Disk(DataFolder.open(folder), SETTINGS);
        Watch watch = new Watch(disk, SETTINGS, new ByHand(), (level, text) -> {});
        store = new LocalStore(disk, clock, DurableListener.NONE, StoreLimits.ON_DISK, failures::add, watch);
    }

    @AfterEach
    void close() {
        store.close();
        assertThat(failures).isEmpty();
    }

    /** As much room as {@code free} says. */
    private final class ByHand implements Space {
        @Override
        public long left() {
            return free.get() * MIB;
        }

        @Override
        public long total() {
            return 1_000 * MIB;
        }
    }

    private void left(long mib) {
        free.set(mib);
        clock.advance(Duration.ofSeconds(1));
        Scene.barrier(store);
    }

    private static void refused(CompletableFuture<?> future) {
        assertThatThrownBy(() -> done(future))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessage("the disk of the data folder has 39 MiB left; nothing new is taken until it has 40 MiB:"
                        + " make room there, consume what waits, or delete what nobody needs");
    }

    @Test
    void mapsTakeNoValueAndGiveTheirs() {
        long revision = done(store.maps().set(MAP, "a", VALUE));
        done(store.maps().set(MAP, "b", VALUE));
        left(39);
        refused(store.maps().set(MAP, "a", VALUE));
        refused(store.maps().compareAndSet(MAP, "a", revision, VALUE));
        assertThat(done(store.maps().get(MAP, "a")).orElseThrow().revision()).isEqualTo(revision);
        assertThat(done(store.maps().remove(MAP, "a", revision)).done()).isTrue();
        assertThat(done(store.maps().keys(MAP, "", "", 9)).keys()).containsExactly("b");
        done(store.maps().drop(MAP));
        left(40);
        assertThat(done(store.maps().set(MAP, "a", VALUE))).isGreaterThan(revision);
    }

    @Test
    void recordsAreNotWrittenButReadAndRemoved() {
        RecordTable<User> users = store.records().table(User.TYPE);
        done(users.put(new User("ada", 1)));
        left(39);
        refused(users.put(new User("ada", 2)));
        refused(users.putIfAbsent(new User("bob", 2)));
        refused(store.records().log(User.AUDIT).append(new User("ada", 1)));
        refused(store.records().commit(List.of(users.toRemove("ada"), users.toPut(new User("bob", 2)))));
        assertThat(done(users.get("ada")).orElseThrow().value().rank()).isEqualTo(1);
        done(users.remove("ada"));
        assertThat(done(users.get("ada"))).isEmpty();
        left(40);
        done(users.put(new User("ada", 2)));
    }

    @Test
    void uploadsStandStillUntilThereIsRoom() {
        byte[] bytes = TestBytes.random(7, 300_000);
        Upload whole = done(store.objects().begin(UploadRequest.of(new ObjectName("gcs-7", "whole"))));
        done(whole.write(ByteBuffer.wrap(bytes)));
        Upload half = done(store.objects().begin(UploadRequest.of(ObjectScene.NAME)));
        done(half.write(ByteBuffer.wrap(bytes, 0, 100_000)));
        left(39);
        refused(store.objects().begin(UploadRequest.of(ObjectScene.NAME)));
        refused(half.write(ByteBuffer.wrap(bytes, 100_000, 200_000)));
        done(whole.commit());
        assertThat(ObjectScene.read(done(store.objects().open(new ObjectName("gcs-7", "whole")))
                        .orElseThrow()))
                .isEqualTo(bytes);
        assertThat(done(store.objects().delete(new ObjectName("gcs-7", "whole"))))
                .isTrue();

        left(40);
        Upload again = done(store.objects().resume(half.id())).orElseThrow();
        done(again.write(ByteBuffer.wrap(bytes, 100_000, 200_000)));
        done(again.commit());
        assertThat(ObjectScene.read(done(store.objects().open(ObjectScene.NAME)).orElseThrow()))
                .isEqualTo(bytes);
    }
}

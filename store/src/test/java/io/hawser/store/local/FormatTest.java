package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.Maps;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.record.LoggedRecord;
import io.hawser.core.store.record.Records;
import io.hawser.core.store.record.StoredRecord;
import io.hawser.core.store.record.User;
import io.hawser.core.value.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data folder of every format that a hub ever wrote opens, and all of it is there. {@link Keepsake} made them. */
class FormatTest {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void opensAFolderOfFormat(int format) throws IOException {
        unpack("format-" + format + ".zip", temp);
        assertThat(temp.resolve("format")).hasContent("hawser data " + format);
        Scene scene = new Scene(temp);

        assertThat(temp.resolve("format")).hasContent("hawser data 2");
        assertThat(scene.store().durables().list().join())
                .extracting(DurableInfo::name)
                .filteredOn(name ->
                        format == 1 || !List.of(Keepsake.SHARED, Keepsake.LAST).contains(name))
                .containsExactlyInAnyOrder(ONE, TWO);
        assertThat(scene.ear(ONE, 9).texts()).containsExactly("2x2", "3x1");
        List<StoredMessage> two = scene.ear(TWO, 9).heard;
        assertThat(two).extracting(StoredMessage::id).containsExactly(1L, 2L, 3L, 4L);
        assertThat(two.get(3).message().fields()).isEqualTo(Keepsake.everyKind().fields());
        assertThat(two.get(3).message().topic()).isEqualTo(Keepsake.everyKind().topic());
        if (format >= 2) {
            hasWhatCameWith2(scene);
        }
        assertThat(scene.append(5, ONE).join()).isEqualTo(format == 1 ? 5 : 8);
        assertThat(scene.store().maps().set(Keepsake.MAP, "new", Fields.EMPTY).join())
                .isEqualTo(format == 1 ? 1 : 5);
        scene.close();
        assertThat(scene.failures()).isEmpty();
        assertThat(Fsck.check(temp)).isEmpty();
    }

    private static void hasWhatCameWith2(Scene scene) {
        assertThat(scene.ear(Keepsake.SHARED, 9).texts()).containsExactly("2x1", "2x1");
        assertThat(scene.ear(Keepsake.LAST, 9).ids()).containsExactly(5L, 7L);

        Maps maps = scene.store().maps();
        assertThat(maps.history(Keepsake.MAP, "twice").join())
                .extracting(MapEntry::revision, MapEntry::value)
                .containsExactly(
                        tuple(2L, Fields.builder().put("n", 2).build()),
                        tuple(1L, Keepsake.everyKind().fields()));
        assertThat(maps.history(Keepsake.MAP, "removed").join())
                .extracting(MapEntry::kind)
                .containsExactly(MapEntry.Kind.REMOVED, MapEntry.Kind.SET);

        Records records = scene.store().records();
        assertThat(records.table(User.TYPE).get("ada").join()).contains(new StoredRecord<>(1, new User("ada", 7)));
        assertThat(records.log(User.AUDIT).read(1, 9).join())
                .containsExactly(new LoggedRecord<>(1, new User("ada", 8)));

        StoredObjects objects = scene.store().objects();
        assertThat(ObjectScene.read(objects.open(Keepsake.WHOLE).join().orElseThrow()))
                .isEqualTo(Keepsake.content());
        Upload half = objects.resume("3").join().orElseThrow();
        assertThat(half.offset()).isEqualTo(StoredObjects.CHUNK);
        half.write(ByteBuffer.wrap(Keepsake.content()).position(StoredObjects.CHUNK))
                .join();
        assertThat(half.commit().join().sha256())
                .isEqualTo(objects.info(Keepsake.WHOLE).join().orElseThrow().sha256());
    }

    static void unpack(String name, Path folder) throws IOException {
        try (InputStream file = Objects.requireNonNull(FormatTest.class.getResourceAsStream(name), name);
                ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(target.getParent(), name));
                Files.copy(in, target);
            }
        }
    }
}

package io.hawser.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.MapSettings;
import io.hawser.core.store.map.Maps;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.TestBytes;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.core.store.record.User;
import io.hawser.core.value.Fields;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.Mending;
import io.hawser.store.rack.Family;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One wrong byte of a map, a record or an object is named; after a repair all else is there. */
class FsckPartsTest {
    private static final MapName MAP = new MapName("test", "map");
    private static final int SIZE = StoredObjects.CHUNK + 1_000;
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    @TempDir
    private Path temp;

    @BeforeEach
    void fill() {
        Scene scene = new Scene(data());
        Maps maps = scene.store().maps();
        maps.define(MAP, MapSettings.DEFAULT.withHistory(2).withTtl(Duration.ofDays(1)))
                .join();
        for (String key : NAMES) {
            maps.set(MAP, key, value(1)).join();
            maps.set(MAP, key, value(2)).join();
            scene.store().records().table(User.TYPE).put(new User(key, 7)).join();
            scene.store().records().log(User.AUDIT).append(new User(key, 8)).join();
        }
        maps.remove(MAP, "d").join();
        NAMES.forEach(name -> upload(scene, name).commit().join());
        upload(scene, "half");
        scene.close();
    }

    private static Upload upload(Scene scene, String name) {
        Upload upload =
                scene.store().objects().begin(UploadRequest.of(object(name))).join();
        upload.write(ByteBuffer.wrap(TestBytes.random(name.length(), SIZE))).join();
        return upload;
    }

    private static ObjectName object(String name) {
        return new ObjectName("test", name);
    }

    private static Fields value(int n) {
        return Fields.builder().put("n", n).build();
    }

    private Path data() {
        return temp.resolve("data");
    }

    private static byte[] row(String kind, byte[] rest) {
        byte[] head = kind.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + rest.length)
                .put(head)
                .put(rest)
                .array();
    }

    /** Under "kind, number of the map or table, key". */
    private static byte[] row(String kind, int number, String key) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        return row(
                kind,
                ByteBuffer.allocate(4 + text.length).putInt(number).put(text).array());
    }

    private static byte[] row(String kind, int number, long id) {
        return row(kind, ByteBuffer.allocate(12).putInt(number).putLong(id).array());
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    /** Changes the last byte under {@code key}. */
    private static void flip(Disk disk, Mending mending, Family family, byte[] key) {
        byte[] value = disk.get(family, key).orElseThrow();
        value[value.length - 1] ^= 1;
        mending.replace(family, key, value);
    }

    private interface Damage {
        void to(Disk disk, Mending mending);
    }

    private void damage(Damage damage) {
        try (Disk disk = new Disk(DataFolder.existing(data()))) {
            Mending mending = new Mending(disk, temp.resolve("rows"));
            damage.to(disk, mending);
            mending.finish();
        }
    }

    private void repaired() {
        assertThat(Fsck.repair(data()).left()).isEmpty();
    }

    /** The rest is there and can be changed. */
    private Scene open() {
        Scene scene = new Scene(data());
        Maps maps = scene.store().maps();
        assertThat(maps.history(MAP, "b").join()).extracting(MapEntry::value).containsExactly(value(2), value(1));
        assertThat(maps.set(MAP, "new", value(1)).join()).isEqualTo(10);
        assertThat(scene.store()
                        .records()
                        .table(User.TYPE)
                        .get("b")
                        .join()
                        .orElseThrow()
                        .value()
                        .rank())
                .isEqualTo(7);
        assertThat(scene.store()
                        .records()
                        .log(User.AUDIT)
                        .append(new User("b", 9))
                        .join())
                .isEqualTo(5);
        assertThat(ObjectScene.read(
                        scene.store().objects().open(object("b")).join().orElseThrow()))
                .isEqualTo(TestBytes.random(1, SIZE));
        return scene;
    }

    private void close(Scene scene) {
        scene.close();
        assertThat(scene.failures()).isEmpty();
        assertThat(Fsck.check(data())).isEmpty();
    }

    @Test
    void whatIsSoundIsSound() {
        assertThat(Fsck.check(data())).isEmpty();
        close(open());
    }

    @Test
    void aDamagedEntryOfAMapIsNamed() {
        damage((disk, mending) -> flip(disk, mending, Family.MAPS, row("e", 1, "a")));
        assertThat(Fsck.check(data()))
                .containsExactlyInAnyOrder(
                        "map test:map, key a is damaged: its checksum is wrong; restore a backup, or drop the map and"
                                + " fill it again",
                        "map test:map, key a, revision 1: the newest revision is missing or damaged",
                        "map test:map, change 2: it is not that of key a, which is missing, damaged, or has changed"
                                + " since",
                        "map test:map is said to have 3 entries of 39 bytes and 1 removals, there are 2 entries of 26"
                                + " bytes and 1 removals");
        repaired();
        Scene scene = open();
        assertThat(scene.store().maps().get(MAP, "a").join()).isEmpty();
        assertThat(scene.store().maps().keys(MAP, "", "", 9).join().keys()).containsExactly("b", "c", "new");
        assertThat(scene.store().maps().set(MAP, "a", value(3)).join()).isEqualTo(11);
        close(scene);
    }

    @Test
    void aDamagedOlderRevisionIsNamed() {
        byte[] older = row("h", 1, "a\0" + new String(number(1), StandardCharsets.ISO_8859_1));
        damage((disk, mending) -> flip(disk, mending, Family.MAPS, older));
        assertThat(Fsck.check(data()))
                .containsExactlyInAnyOrder(
                        "map test:map, key a is said to have 1 older revisions, there are 0",
                        "map test:map, key a, revision 1 is damaged: its checksum is wrong; restore a backup, or drop"
                                + " the map and fill it again");
        repaired();
        Scene scene = open();
        assertThat(scene.store().maps().history(MAP, "a").join())
                .extracting(MapEntry::value)
                .containsExactly(value(2));
        close(scene);
    }

    @Test
    void indexesAndCountsOfAMapArePutRight() {
        damage((disk, mending) -> {
            mending.drop(Family.MAPS, row("w", 1, 4));
            mending.replace(Family.MAPS, row("w", 1, 9), new byte[] {'b'});
            mending.drop(Family.MAPS, row("x", 1, 9));
            mending.replace(Family.MAPS, row("x", 1, 4), new byte[] {'b'});
            mending.replace(Family.MAPS, row("c", 1, ""), new byte[7]);
            mending.replace(Family.MAPS, row("r", new byte[0]), number(3));
            mending.replace(Family.MAPS, row("e", 9, "lost"), new byte[7]);
        });
        assertThat(Fsck.check(data()))
                .containsExactlyInAnyOrder(
                        "map test:map, key b is not listed in the index of kind w",
                        "map test:map, key d is not listed in the index of kind w",
                        "map test:map, key d is not listed in the index of kind x",
                        "map test:map, removal 4: it is not that of key b, which is missing, damaged, or has changed"
                                + " since",
                        "map test:map: its counts are missing or damaged",
                        "the highest revision of the maps is said to be 3, but there is 9",
                        "a row of map 9 of kind e: the map is not defined");
        repaired();
        close(open());
    }

    @Test
    void theSettingsOfAMapAreNamedAndTheMapIsSetAside() {
        damage((disk, mending) -> mending.replace(Family.MAPS, row("m", 1, ""), new byte[] {1, 2}));
        assertThat(Fsck.check(data()))
                .anyMatch(line -> line.startsWith("map 1: the settings of a map are damaged: "))
                .contains("a row of map 1 of kind e: the map is not defined");
        repaired();
        Scene scene = new Scene(data());
        assertThat(scene.store().maps().list().join()).isEmpty();
        assertThat(scene.store().maps().set(MAP, "a", value(3)).join()).isEqualTo(10);
        close(scene);
    }

    @Test
    void damagedRecordsAreNamed() {
        damage((disk, mending) -> {
            flip(disk, mending, Family.RECORDS, row("e", 1, "a"));
            flip(disk, mending, Family.RECORDS, row("l", 2, 2));
            mending.replace(Family.RECORDS, row("n", 2, ""), number(3));
            mending.replace(Family.RECORDS, row("r", new byte[0]), new byte[3]);
            mending.replace(Family.RECORDS, row("e", 7, "a"), new byte[9]);
        });
        assertThat(Fsck.check(data()))
                .containsExactlyInAnyOrder(
                        "table users, record a is damaged: its checksum is wrong; restore a backup",
                        "log audit, record 2 is damaged: its checksum is wrong; restore a backup",
                        "the highest id of log audit is said to be 3, but there is 4",
                        "the highest revision of the records is damaged, but there is 8",
                        "a row of table 7: the table is not defined");
        repaired();
        Scene scene = open();
        assertThat(scene.store().records().table(User.TYPE).get("a").join()).isEmpty();
        assertThat(scene.store().records().log(User.AUDIT).read(1, 9).join())
                .extracting(record -> record.value().name())
                .containsExactly("a", "c", "d", "b");
        close(scene);
    }

    @Test
    void anObjectThatIsDamagedOrLostIsNamed() throws IOException {
        Path files = data().resolve("objects");
        byte[] bytes = Files.readAllBytes(files.resolve("1"));
        bytes[StoredObjects.CHUNK + 50] ^= 1;
        Files.write(files.resolve("1"), bytes);
        Files.delete(files.resolve("5"));
        Files.write(files.resolve("7"), new byte[SIZE + 9]);
        Files.write(files.resolve("77"), new byte[1]);
        damage((disk, mending) -> mending.replace(Family.OBJECTS, row("n", new byte[0]), number(2)));
        assertThat(Fsck.check(data()))
                .hasSize(4)
                .anyMatch(line -> line.startsWith("object test/a is damaged in chunk 1, bytes 262144 to 263143: "))
                .anyMatch(line -> line.startsWith("the content of object test/c cannot be opened: "))
                .anyMatch(line -> line.startsWith("object test/d is damaged in chunk 0, "))
                .contains("the highest number of the objects is said to be 2, but there is 9");
        Fsck.Repair repair = Fsck.repair(data());
        assertThat(repair.left()).isEmpty();
        assertThat(repair.aside().resolve("objects/1")).hasBinaryContent(bytes);
        Scene scene = open();
        assertThat(scene.store().objects().list("test", "", "", 9).join())
                .extracting(info -> info.name().name())
                .containsExactly("b");
        Upload half = scene.store().objects().resume("9").join().orElseThrow();
        assertThat(half.offset()).isEqualTo(StoredObjects.CHUNK);
        close(scene);
    }

    @Test
    void theRecordOfAnObjectOrAnUploadIsNamed() throws IOException {
        damage((disk, mending) -> {
            flip(disk, mending, Family.OBJECTS, row("otest\0a", new byte[0]));
            flip(disk, mending, Family.OBJECTS, row("u", number(9)));
        });
        Files.write(data().resolve("objects/7"), new byte[1], java.nio.file.StandardOpenOption.APPEND);
        assertThat(Fsck.check(data()))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("the record of object test/a in the data folder is damaged: "))
                .anyMatch(line -> line.startsWith("the record of upload 9 in the data folder is damaged: "))
                .anyMatch(line -> line.startsWith("object test/d is damaged: its file ")
                        && line.contains(" has 263153 bytes, it should have 263152; "));
        repaired();
        close(open());
    }
}

package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.Mending;
import io.hawser.store.local.disk.Snapshot;
import io.hawser.store.rack.Family;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged is named; a repair sets it aside and the rest can be used. */
class FsckTest {
    private static final int MESSAGES = 1_000;

    @TempDir
    private Path temp;

    @BeforeEach
    void fill() {
        Scene scene = new Scene(data());
        scene.define(ONE, TWO);
        IntStream.rangeClosed(1, MESSAGES).forEach(n -> scene.append(n, ONE, TWO));
        scene.append(0, ONE).join();
        scene.restart();
        scene.close();
    }

    private Path data() {
        return temp.resolve("data");
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    private static byte[] entry(int durable, long id) {
        return ByteBuffer.allocate(12).putInt(durable).putLong(id).array();
    }

    /** Writes rows past the store, as a bug or an older program might. */
    private void write(Consumer<Mending> rows) {
        try (Disk disk = new Disk(DataFolder.existing(data()))) {
            Mending mending = new Mending(disk, temp.resolve("rows"));
            rows.accept(mending);
            mending.finish();
        }
    }

    @Test
    void aSoundFolderIsSoundAndLeftAlone() throws IOException {
        List<Path> before = Snapshot.files(data().resolve("messages"));
        assertThat(Fsck.check(data())).isEmpty();
        assertThat(Snapshot.files(data().resolve("messages"))).isEqualTo(before);
    }

    @Test
    void namesEveryRowThatIsDamagedAndSetsItAside() throws IOException {
        write(mending -> {
            mending.replace(Family.MESSAGES, number(7), new byte[] {1, 2, 3, 4, 5});
            mending.replace(Family.ENTRIES, entry(1, 5_000), new byte[4]);
            mending.replace(Family.ENTRIES, entry(9, 8), new byte[4]);
            mending.replace(Family.FACTS, new byte[] {'m', 0, 0, 0, 9}, number(1));
            mending.replace(Family.FACTS, new byte[] {'i'}, number(10));
        });
        assertThat(Fsck.check(data()))
                .containsExactlyInAnyOrder(
                        "the checksum of message 7 is wrong",
                        "the entry of durable 1 for message 7: the message is missing or damaged",
                        "the entry of durable 2 for message 7: the message is missing or damaged",
                        "the entry of durable 1 for message 5000: the message is missing or damaged",
                        "the entry of durable 9 for message 8: the durable is not defined",
                        "the delivery mark of durable 9: the durable is not defined",
                        "the highest store id is said to be 10, but there is message 1001");

        Fsck.Repair repair = Fsck.repair(data());
        assertThat(repair.left()).isEmpty();
        assertThat(repair.gaps()).isZero();
        assertThat(Files.readAllLines(repair.aside().resolve("rows")))
                .hasSize(7)
                .contains("messages 0000000000000007 0102030405");
        assertThat(texts()).hasSize(MESSAGES).doesNotContain("7x1").contains("6x1", "8x1", "0x1");
    }

    @Test
    void aDamagedTableIsNamedAndTheRestOfItSaved() throws IOException {
        Path table = Snapshot.files(data().resolve("messages")).stream()
                .filter(file -> file.toString().endsWith(".sst"))
                .max(java.util.Comparator.comparing(file -> file.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(table);
        bytes[bytes.length / 3] ^= 1;
        Files.write(table, bytes);
        assertThat(Fsck.check(data()))
                .anyMatch(line -> line.contains(table.getFileName().toString()));

        Fsck.Repair repair = Fsck.repair(data());
        assertThat(repair.left()).isEmpty();
        assertThat(repair.gaps()).isPositive();
        assertThat(repair.aside().resolve("messages").resolve(table.getFileName()))
                .exists();
        assertThat(texts()).hasSizeBetween(MESSAGES / 2, MESSAGES).contains("1x1", "1000x1");
    }

    @Test
    void needsADataFolderToItself() {
        Scene scene = new Scene(data());
        assertThatThrownBy(() -> Fsck.check(data())).hasMessageContaining("is in use by another hub");
        scene.close();
        assertThatThrownBy(() -> Fsck.check(temp)).hasMessageContaining("is no data folder of a hub");
    }

    private List<String> texts() {
        Scene scene = new Scene(data());
        List<String> texts = scene.ear(ONE, 10 * MESSAGES).texts();
        assertThat(scene.append(1, ONE).join()).isGreaterThan(MESSAGES);
        scene.close();
        assertThat(scene.failures()).isEmpty();
        return texts;
    }
}

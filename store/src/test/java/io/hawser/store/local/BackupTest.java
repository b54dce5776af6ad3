package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy made while messages come in holds what was acknowledged before, and opens as if it were the folder itself. */
class BackupTest {
    @TempDir
    private Path temp;

    private Scene scene;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean loaded = true;

    @BeforeEach
    void open() {
        scene = new Scene(temp.resolve("data"));
        scene.define(ONE, TWO);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Path backup() {
        return temp.resolve("backup");
    }

    private static Scene open(Path folder) {
        return new Scene(folder);
    }

    @Test
    void underLoadItHoldsWhatWasAcknowledgedBefore() {
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            for (int n = 0; loaded; n++) {
                scene.append(n, ONE, TWO).join();
                acknowledged.incrementAndGet();
            }
        });
        for (int i = 0; i < 3; i++) {
            int start = acknowledged.get();
            while (acknowledged.get() < start + 200) {
                Thread.onSpinWait();
            }
            int before = acknowledged.get();
            Path target = temp.resolve("backup" + i);
            assertThat(scene.store().backup(target)).succeedsWithin(Duration.ofMinutes(1));
            assertThat(temp.resolve("data/snapshot")).doesNotExist();
            Backup.restore(target, temp.resolve("restored" + i));
            Scene restored = open(temp.resolve("restored" + i));
            List<String> texts = restored.ear(ONE, 1_000_000).texts();
            assertThat(texts).hasSizeGreaterThanOrEqualTo(before);
            assertThat(texts)
                    .isEqualTo(IntStream.range(0, texts.size())
                            .mapToObj(n -> n + "x1")
                            .toList());
            restored.close();
        }
        loaded = false;
        load.join();
        assertThat(scene.failures()).isEmpty();
    }

    @Test
    void inAQuietMomentItHoldsExactlyTheSame() throws IOException {
        IntStream.range(0, 500).forEach(n -> scene.append(n, ONE, TWO).join());
        Scene.Ear ear = scene.ear(ONE, 100);
        ear.consumer.acknowledge(ear.ids().subList(0, 50));
        Scene.barrier(scene.store());
        Files.createDirectories(temp.resolve("data/objects/a"));
        Files.writeString(temp.resolve("data/objects/a/1"), "content of a part");
        scene.store().backup(backup()).join();
        scene.close();
        Backup.restore(backup(), temp.resolve("restored"));
        assertThat(Digest.of(temp.resolve("restored"))).isEqualTo(Digest.of(temp.resolve("data")));
        assertThat(temp.resolve("restored/objects/a/1")).hasContent("content of a part");
        Backup.of(temp.resolve("data"), temp.resolve("offline"));
        Backup.restore(temp.resolve("offline"), temp.resolve("again"));
        assertThat(Digest.of(temp.resolve("again"))).isEqualTo(Digest.of(temp.resolve("data")));
    }

    @Test
    void isRefusedOnceItIsNotWhole() throws IOException {
        scene.append(1, ONE).join();
        scene.store().backup(backup()).join();
        Path current = backup().resolve("messages/CURRENT");
        String content = Files.readString(current);
        Files.writeString(current, content.replace("MANIFEST", "MANIFESt"));
        refused("r1", "damaged: the checksum of messages/CURRENT is wrong");
        Files.delete(current);
        refused("r2", "damaged: messages/CURRENT is missing");
        Files.writeString(backup().resolve("backup"), "hawser backup 1\n00000000 ../../x\n");
        refused("r3", "list of the backup " + backup() + " is damaged: 00000000 ../../x");
        Files.delete(backup().resolve("backup"));
        refused("r4", "is no backup, or one that was not finished");
        assertThatThrownBy(() -> open(temp.resolve("r1")))
                .hasMessageContaining("holds something else than a hub's data");
    }

    @Test
    void comesAndGoesAsAZipToo() throws IOException {
        IntStream.range(0, 500).forEach(n -> scene.append(n, ONE, TWO).join());
        Files.createDirectories(temp.resolve("data/objects/a"));
        Files.writeString(temp.resolve("data/objects/a/1"), "content of a part");
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        scene.store().backup(zip).join();
        scene.close();
        Backup.receive(new ByteArrayInputStream(zip.toByteArray()), temp.resolve("folder"));
        Backup.receive(new ByteArrayInputStream(zip.toByteArray()), temp.resolve("file.zip"));
        Backup.of(temp.resolve("data"), temp.resolve("offline.zip"));
        for (String source : List.of("folder", "file.zip", "offline.zip")) {
            Path restored = temp.resolve("restored from " + source);
            Backup.restore(temp.resolve(source), restored);
            assertThat(Digest.of(restored)).isEqualTo(Digest.of(temp.resolve("data")));
            assertThat(restored.resolve("objects/a/1")).hasContent("content of a part");
        }
        assertThatThrownBy(() -> Backup.of(temp.resolve("data"), temp.resolve("offline.zip")))
                .hasMessageContaining("is there already; choose a new one");
    }

    @Test
    void aZipThatWasCutOffOrChangedIsRefused() throws IOException {
        scene.append(1, ONE).join();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        scene.store().backup(out).join();
        byte[] zip = out.toByteArray();
        for (int length : List.of(0, 1, zip.length / 2, zip.length - 200 - zip.length / 10)) {
            byte[] cut = Arrays.copyOf(zip, length);
            assertThatThrownBy(() -> Backup.receive(new ByteArrayInputStream(cut), temp.resolve("cut" + length)))
                    .as("cut off at " + length)
                    .isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> Backup.restore(temp.resolve("cut" + length), temp.resolve("r" + length)))
                    .hasMessageContaining("is no backup, or one that was not finished");
            assertThatThrownBy(
                            () -> Backup.receive(new ByteArrayInputStream(cut), temp.resolve("cut" + length + ".zip")))
                    .isInstanceOf(StoreException.class);
        }
        ByteArrayOutputStream strange = new ByteArrayOutputStream();
        try (ZipOutputStream other = new ZipOutputStream(strange)) {
            other.putNextEntry(new ZipEntry("../escaped"));
            other.write(1);
        }
        assertThatThrownBy(
                        () -> Backup.receive(new ByteArrayInputStream(strange.toByteArray()), temp.resolve("strange")))
                .hasMessageContaining("it holds a file ../escaped");
        assertThat(temp.resolve("escaped")).doesNotExist();
        Files.writeString(temp.resolve("text.zip"), "no zip");
        assertThatThrownBy(() -> Backup.restore(temp.resolve("text.zip"), temp.resolve("r")))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void oneIsMadeAtATime() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> first = scene.store().backup(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                begun.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
            }
        });
        assertThat(begun).satisfies(latch -> latch.await());
        assertThat(scene.store().backup(backup()))
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withMessageContaining("a backup is being made already");
        goOn.countDown();
        assertThat(first).succeedsWithin(Duration.ofMinutes(1));
        assertThat(scene.store().backup(backup())).succeedsWithin(Duration.ofMinutes(1));
    }

    private void refused(String folder, String why) {
        assertThatThrownBy(() -> Backup.restore(backup(), temp.resolve(folder))).hasMessageContaining(why);
    }

    @Test
    void overwritesNothingAndLeavesARunningHubAlone() throws IOException {
        Files.createDirectories(backup());
        Files.writeString(backup().resolve("holiday.jpg"), "x");
        assertThatThrownBy(() -> scene.store().backup(backup()).join())
                .hasMessageContaining("is not empty; choose a new one");
        assertThat(scene.append(1, ONE)).succeedsWithin(Duration.ofMinutes(1));
        assertThatThrownBy(() -> Backup.of(temp.resolve("data"), temp.resolve("b")))
                .hasMessageContaining("is in use by another hub");
        assertThatThrownBy(() -> Backup.of(temp.resolve("nowhere"), temp.resolve("c")))
                .hasMessageContaining("is no data folder of a hub");
        assertThatThrownBy(() -> Backup.restore(backup(), temp.resolve("data"))).hasMessageContaining("is not empty");
    }
}

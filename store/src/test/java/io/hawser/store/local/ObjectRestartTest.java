package io.hawser.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.object.ObjectMetadata;
import io.hawser.core.store.object.ObjectReader;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.TestBytes;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is still there of objects and uploads after a start. */
class ObjectRestartTest {
    private static final int CHUNK = StoredObjects.CHUNK;

    private ObjectScene scene;

    ObjectRestartTest(@TempDir Path folder) {
        scene = new ObjectScene(folder.resolve("data"), ObjectLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(scene.files())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void objectsAreThereAsTheyWere() {
        UploadRequest request = UploadRequest.of(ObjectScene.NAME)
                .withMetadata(new ObjectMetadata("image/png", Map.of("camera", "left")))
                .withSize(5);
        Upload upload = ObjectScene.done(scene.objects().begin(request));
        ObjectScene.write(upload, new byte[5], 0, 5);
        ObjectInfo info = ObjectScene.done(upload.commit());
        scene.restart();
        assertThat(ObjectScene.done(scene.objects().info(ObjectScene.NAME))).contains(info);
        assertThat(scene.read()).contains(new byte[5]);
        assertThat(ObjectScene.done(scene.objects().usage())).containsExactly(Map.entry("gcs-7", 5L));
        scene.put(1, 7);
        assertThat(ObjectScene.done(scene.objects().info(ObjectScene.NAME))
                        .orElseThrow()
                        .revision())
                .isGreaterThan(info.revision());
    }

    @Test
    void anInterruptedUploadGoesOnWithAtMostOneChunkMissing() throws IOException {
        byte[] bytes = TestBytes.random(1, 20 * CHUNK + 77);
        UploadRequest request =
                UploadRequest.of(ObjectScene.NAME).withSize(bytes.length).withSha256(TestBytes.sha256(bytes));
        String id = ObjectScene.done(scene.objects().begin(request)).id();
        int sent = 0;
        for (int percent = 1; percent <= 100; percent++) {
            Upload upload = ObjectScene.done(scene.objects().resume(id)).orElseThrow();
            assertThat(sent - (int) upload.offset())
                    .as("missing at %d %%", percent)
                    .isBetween(0, CHUNK - 1);
            sent = bytes.length / 100 * percent + (percent == 100 ? bytes.length % 100 : 0);
            ObjectScene.write(upload, bytes, (int) upload.offset(), sent);
            assertThat(scene.read()).isEmpty();
            if (percent % 3 == 0) {
                scene.restart();
            } else {
                upload.close();
            }
        }
        ObjectScene.done(
                ObjectScene.done(scene.objects().resume(id)).orElseThrow().commit());
        assertThat(scene.read()).contains(bytes);
        assertThat(files()).containsExactly(id);
    }

    @Test
    void whatATornWriteLeftIsCutOff() throws IOException {
        byte[] bytes = TestBytes.random(2, 3 * CHUNK);
        Upload upload = scene.begin();
        ObjectScene.write(upload, bytes, 0, 2 * CHUNK + 100);
        scene.close();
        Path file = scene.files().resolve(upload.id());
        byte[] torn = Files.readAllBytes(file);
        torn[CHUNK + 50] ^= 1;
        Files.write(file, torn);
        scene.restart();
        Upload again = ObjectScene.done(scene.objects().resume(upload.id())).orElseThrow();
        assertThat(again.offset()).isEqualTo(CHUNK);
        ObjectScene.write(again, bytes, CHUNK, bytes.length);
        ObjectScene.done(again.commit(TestBytes.sha256(bytes)));
        assertThat(scene.read()).contains(bytes);
    }

    @Test
    void anUploadExpiresAcrossRestarts() throws IOException {
        Upload upload = ObjectScene.done(
                scene.objects().begin(UploadRequest.of(ObjectScene.NAME).withSize(100)));
        ObjectScene.write(upload, new byte[60], 0, 60);
        scene.restart();
        assertThat(ObjectScene.done(scene.objects().usage())).containsExactly(Map.entry("gcs-7", 100L));
        scene.advance(Duration.ofHours(25));
        scene.restart();
        assertThat(ObjectScene.done(scene.objects().resume(upload.id()))).isEmpty();
        assertThat(ObjectScene.done(scene.objects().usage())).isEmpty();
        scene.restart();
        assertThat(files()).isEmpty();
    }

    @Test
    void leftoversAreSweptAndForeignFilesLeftAlone() throws IOException {
        scene.put(1, 10);
        Upload open = scene.begin();
        ObjectScene.write(open, new byte[10], 0, 10);
        Files.write(scene.files().resolve("4711"), new byte[5]);
        Files.write(scene.files().resolve("notes"), new byte[5]);
        List<String> before = files();
        assertThat(before).hasSize(4);
        scene.restart();
        assertThat(files()).doesNotContain("4711").contains("notes", open.id()).hasSize(3);
    }

    @Test
    void replacedAndDeletedContentsGiveTheirSpaceBackWhileReadersFinish() throws IOException {
        byte[] old = scene.put(1, 3 * CHUNK);
        ObjectReader reader =
                ObjectScene.done(scene.objects().open(ObjectScene.NAME)).orElseThrow();
        scene.put(2, 10);
        assertThat(files()).hasSize(1);
        ObjectScene.done(scene.objects().delete(ObjectScene.NAME));
        assertThat(files()).isEmpty();
        assertThat(ObjectScene.read(reader)).isEqualTo(old);
    }

    @Test
    void noUserTextIsAPath() throws IOException {
        scene.put(1, 10);
        scene.put(2, 10);
        assertThat(files()).allMatch(name -> name.matches("\\d+"));
    }

    @Test
    void aFolderThatTakesNoFilesRefusesUploadsAndNothingElse() throws IOException {
        Files.delete(scene.files());
        Files.writeString(scene.files(), "in the way");
        assertThatThrownBy(scene::begin).hasMessageContaining("an upload cannot be kept in " + scene.files());
        assertThat(ObjectScene.done(scene.objects().usage())).isEmpty();
        assertThat(ObjectScene.done(scene.store().durables().define(Scene.ONE, DurableSettings.DEFAULT, new byte[0])))
                .isNull();
        Files.delete(scene.files());
        Files.createDirectory(scene.files());
        scene.put(1, 10);
    }

    @Test
    void afterTheEndEverythingIsRefused() {
        Upload upload = scene.begin();
        scene.close();
        assertThatThrownBy(() -> ObjectScene.done(upload.write(ByteBuffer.allocate(1))))
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> ObjectScene.done(scene.objects().usage())).hasMessageContaining("closed");
    }
}

package io.hawser.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.object.ObjectReader;
import io.hawser.core.store.object.StoredObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content that was changed behind the store's back is told, never read. */
class ObjectDamageTest {
    private static final int CHUNK = StoredObjects.CHUNK;
    private static final int FLIPS = 60;

    private final ObjectScene scene;
    private final byte[] content;
    private final Path file;
    private final byte[] whole;

    ObjectDamageTest(@TempDir Path temp) throws IOException {
        scene = new ObjectScene(temp, ObjectLimits.DEFAULT);
        content = scene.put(1, 2 * CHUNK + 500);
        file = scene.files().resolve("1");
        whole = Files.readAllBytes(file);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void assertDamaged(int chunk, String description) {
        ObjectReader reader =
                ObjectScene.done(scene.objects().open(ObjectScene.NAME)).orElseThrow();
        for (int index = 0; index < 3; index++) {
            long start = (long) index * CHUNK;
            if (index == chunk) {
                assertThatThrownBy(() -> ObjectScene.done(reader.read(start, CHUNK)))
                        .as(description)
                        .hasMessageContaining("object gcs-7/logs/one is damaged in chunk " + chunk);
            } else {
                assertThat(ObjectScene.done(reader.read(start, CHUNK)).remaining())
                        .isPositive();
            }
        }
        reader.close();
    }

    @Test
    void aFlippedBitIsAnErrorThatNamesObjectAndChunk() throws IOException {
        for (long seed = 0; seed < FLIPS; seed++) {
            byte[] damaged = whole.clone();
            int at = new Random(seed).nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << seed % 8);
            Files.write(file, damaged);
            assertDamaged(at / (CHUNK + 4), "seed " + seed);
        }
        Files.write(file, whole);
        assertThat(scene.read()).contains(content);
    }

    @Test
    void aCutOrSwappedChunkIsAnError() throws IOException {
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertDamaged(2, "cut");
        byte[] swapped = whole.clone();
        System.arraycopy(whole, 0, swapped, CHUNK + 4, CHUNK + 4);
        Files.write(file, swapped);
        assertDamaged(1, "chunk 0 in the place of chunk 1");
    }

    @Test
    void aMissingFileIsAnErrorThatNamesTheObject() throws IOException {
        Files.delete(file);
        assertThatThrownBy(() -> ObjectScene.done(scene.objects().open(ObjectScene.NAME)))
                .hasMessageContaining("the content of object gcs-7/logs/one cannot be opened");
    }
}

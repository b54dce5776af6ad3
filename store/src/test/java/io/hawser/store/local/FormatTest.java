package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.StoredMessage;
import java.io.IOException;
import java.io.InputStream;
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
    @ValueSource(ints = 1)
    void opensAFolderOfFormat(int format) throws IOException {
        unpack("format-" + format + ".zip", temp);
        assertThat(temp.resolve("format")).hasContent("hawser data " + format);
        Scene scene = new Scene(temp);

        assertThat(scene.store().durables().list().join())
                .extracting(DurableInfo::name)
                .containsExactlyInAnyOrder(ONE, TWO);
        assertThat(scene.ear(ONE, 9).texts()).containsExactly("2x2", "3x1");
        List<StoredMessage> two = scene.ear(TWO, 9).heard;
        assertThat(two).extracting(StoredMessage::id).containsExactly(1L, 2L, 3L, 4L);
        assertThat(two.get(3).message().fields()).isEqualTo(Keepsake.everyKind().fields());
        assertThat(two.get(3).message().topic()).isEqualTo(Keepsake.everyKind().topic());
        assertThat(scene.append(5, ONE).join()).isEqualTo(5);
        scene.close();
        assertThat(scene.failures()).isEmpty();
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

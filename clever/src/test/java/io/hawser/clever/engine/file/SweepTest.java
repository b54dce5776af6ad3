package io.hawser.clever.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.clever.CleverServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files that never became whole. */
class SweepTest {
    private static final String TRANSFER = ".hawser-0123456789abcdef0123456789abcdef";
    private static final String PUSH = ".hawser-0123abcd-0123-4567-89ab-0123456789ab";
    private static final Duration LONG_AGO = Duration.ofHours(25);
    private static final Duration A_MOMENT_AGO = Duration.ofHours(23);

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    @Test
    void onlyWhatNobodyHasGoneOnWithForADayGoes() throws IOException {
        Files.createDirectories(folder.resolve("deep/deeper"));
        put(folder.resolve(TRANSFER), LONG_AGO);
        put(folder.resolve(PUSH), LONG_AGO);
        put(folder.resolve("deep/deeper").resolve(TRANSFER), LONG_AGO);
        put(folder.resolve("deep").resolve(TRANSFER), A_MOMENT_AGO);
        put(folder.resolve("animation.csv"), LONG_AGO);
        put(folder.resolve(".hawser-notes"), LONG_AGO);
        put(elsewhere.resolve(TRANSFER), LONG_AGO);
        Files.createSymbolicLink(folder.resolve("link"), elsewhere);
        Files.createSymbolicLink(folder.resolve("deep").resolve(PUSH), folder.resolve("animation.csv"));

        FileJail.at(folder).sweep();

        assertThat(names())
                .containsExactlyInAnyOrder(".hawser-notes", "animation.csv", "deep/" + PUSH, "deep/" + TRANSFER);
        assertThat(elsewhere.resolve(TRANSFER)).exists();
    }

    @Test
    void aServerSweepsWhenItStarts() throws IOException {
        put(folder.resolve(TRANSFER), LONG_AGO);
        try (CleverServer started =
                CleverServer.listen("127.0.0.1:0", CleverOptions.defaults().files(folder))) {
            Awaitility.await().until(() -> names().isEmpty());
            assertThat(started.peers()).isEmpty();
        }
    }

    @Test
    void aPeerSweepsWhenItStarts() throws IOException {
        put(folder.resolve(TRANSFER), LONG_AGO);
        try (CleverPeer started =
                CleverPeer.connect("127.0.0.1:9", CleverOptions.defaults().files(folder))) {
            Awaitility.await().until(() -> names().isEmpty());
            assertThat(started.isConnected()).isFalse();
        }
    }

    private static void put(Path file, Duration age) throws IOException {
        Files.writeString(file, "half");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}

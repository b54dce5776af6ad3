package io.hawser.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.map.MapEntry;
import io.hawser.core.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program with eight writers is killed again and again: what it was told is there, and no revision goes back. */
class MapsKillTest {
    private static final int KILLS = 5;
    private static final int ACKNOWLEDGED = 400;
    private static final long SEED = 17;

    @TempDir
    private Path temp;

    /** The newest revision of each key that was acknowledged, and its value. */
    private final Map<String, long[]> told = new HashMap<>();

    @Test
    void whatWasAcknowledgedIsThereAfterAKillAndRevisionsGrow() throws IOException, InterruptedException {
        long last = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long highest = live(SEED + 100L * kill);
            assertThat(highest).as("after kill %d", kill).isGreaterThan(last);
            last = highest;
            check("after kill " + kill);
        }
    }

    /** One life of the program. Returns the highest revision it was told. */
    private long live(long seed) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MapsWriter.class.getName(),
                        temp.resolve("data").toString(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long before = told.values().stream().mapToLong(entry -> entry[0]).max().orElse(0);
        long highest = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            int read = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words.length < 3) {
                    break;
                }
                long revision = Long.parseLong(words[1]);
                assertThat(revision)
                        .as("seed %d: a revision of this life", seed)
                        .isGreaterThan(before);
                highest = Math.max(highest, revision);
                long[] entry = {revision, Long.parseLong(words[2])};
                told.merge(words[0], entry, (older, newer) -> older[0] > newer[0] ? older : newer);
                if (++read == ACKNOWLEDGED) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor()).as("killed, not ended").isEqualTo(137);
        return highest;
    }

    private void check(String description) {
        Scene scene = new Scene(temp.resolve("data"));
        told.forEach((key, entry) -> {
            Optional<MapEntry> kept =
                    scene.store().maps().get(MapsWriter.NAME, key).join();
            assertThat(kept).as("%s: %s", description, key).isPresent();
            assertThat(kept.orElseThrow().revision()).as(description).isGreaterThanOrEqualTo(entry[0]);
            if (kept.orElseThrow().revision() == entry[0]) {
                assertThat(kept.orElseThrow().value().get("n")).contains(Value.of(entry[1]));
            }
        });
        scene.close();
    }
}

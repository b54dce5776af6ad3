package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was changed behind the store's back is told, never delivered. */
class DamageTest {
    private static final int MESSAGES = 200;
    private static final int FLIPS = 60;

    @TempDir
    private Path temp;

    /** Every flip ends in an error, or the messages come as they were, or the torn end of the log is missing. */
    @Test
    void aBitFlippedAnywhereInTheFilesIsNeverAWrongMessage() throws IOException {
        Path whole = temp.resolve("whole");
        Scene scene = new Scene(whole, DurableLimits.DEFAULT);
        scene.define(ONE);
        IntStream.range(0, MESSAGES).forEach(n -> scene.append(n, ONE).join());
        scene.restart();
        IntStream.range(MESSAGES, 2 * MESSAGES)
                .forEach(n -> scene.append(n, ONE).join());
        scene.close();
        int refused = 0;
        for (long seed = 0; seed < FLIPS; seed++) {
            Path damaged = temp.resolve("flip" + seed);
            Scene.copy(whole, damaged);
            Path file = flip(damaged.resolve("messages"), new Random(seed));
            try {
                refused += read(damaged, "seed " + seed + " in " + file.getFileName()) ? 0 : 1;
            } catch (StoreException told) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static Path flip(Path folder, Random random) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(file -> file.toString().matches(".*\\.(sst|log)")
                            && file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        return file;
    }

    /** False if the store failed on the way. */
    private static boolean read(Path folder, String description) {
        Scene scene = new Scene(folder, DurableLimits.DEFAULT);
        try {
            Scene.Ear ear = scene.ear(ONE, 10 * MESSAGES);
            List<String> all =
                    IntStream.range(0, 2 * MESSAGES).mapToObj(n -> n + "x1").toList();
            assertThat(ear.texts()).as(description).isEqualTo(all.subList(0, ear.heard.size()));
            return scene.failures().isEmpty();
        } finally {
            scene.close();
        }
    }
}

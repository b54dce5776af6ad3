package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.store.local.disk.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was changed behind the store's back is told, never delivered. */
class DamageTest {
    private static final int MESSAGES = 200;
    /** What an error must name: the record, or the file. */
    private static final String NAME = "(?s).*(message \\d+|durable|\\.sst|\\.log|MANIFEST|CURRENT|format).*";

    @TempDir
    private Path temp;

    @Test
    void sixtyTimesDamagedItIsNeverAWrongMessage() throws IOException {
        damaged(60);
    }

    @Test
    @Tag("slow")
    void threeHundredTimesDamagedItIsNeverAWrongMessage() throws IOException {
        damaged(300);
    }

    /**
     * Every flipped bit and every cut ends in an error that names something, and fsck says so too, or the messages come as they
     * were, or the torn end of the log is missing.
     */
    private void damaged(int times) throws IOException {
        Path whole = temp.resolve("whole");
        Scene scene = new Scene(whole);
        scene.define(ONE);
        IntStream.range(0, MESSAGES).forEach(n -> scene.append(n, ONE).join());
        scene.restart();
        IntStream.range(MESSAGES, 2 * MESSAGES)
                .forEach(n -> scene.append(n, ONE).join());
        scene.close();
        assertThat(Fsck.check(whole)).isEmpty();
        int refused = 0;
        for (long seed = 0; seed < times; seed++) {
            Path damaged = temp.resolve("seed" + seed);
            Scene.copy(whole, damaged);
            String description = "seed " + seed + ", " + damage(damaged, new Random(seed));
            List<String> found = check(damaged);
            Optional<String> told = read(damaged, description);
            if (told.isPresent()) {
                refused++;
                assertThat(told.get()).as(description).matches(NAME);
                assertThat(found).as(description).isNotEmpty();
            }
            Scene.delete(damaged);
        }
        System.out.println(refused + " of " + times + " damaged folders were refused");
        assertThat(refused).isPositive();
    }

    private static List<String> check(Path folder) {
        try {
            return Fsck.check(folder);
        } catch (StoreException refused) {
            return List.of(String.valueOf(refused.getMessage()));
        }
    }

    /** Flips a bit or cuts the end off one of the files that matter; says which. */
    private static String damage(Path folder, Random random) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path file : Snapshot.files(folder)) {
            if (file.toString().matches(".*(\\.sst|\\.log|MANIFEST-\\d+|CURRENT|format)") && Files.size(file) > 0) {
                files.add(file);
            }
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        // a MANIFEST that ends early is an older one to the database: it cannot be told from one that was not written
        // on
        if (random.nextInt(4) == 0 && !file.toString().contains("MANIFEST")) {
            Files.write(file, Arrays.copyOf(bytes, at));
            return file.getFileName() + " cut to " + at;
        }
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        return file.getFileName() + " flipped at " + at;
    }

    /** What the store said when it failed; empty if all is as it was, or the end is missing. */
    private static Optional<String> read(Path folder, String description) {
        Scene scene;
        try {
            scene = new Scene(folder);
        } catch (StoreException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
        try {
            assertThat(scene.store().durables().list().join())
                    .as(description)
                    .extracting(DurableInfo::name)
                    .contains(ONE);
            Scene.Ear ear = scene.ear(ONE, 10 * MESSAGES);
            List<String> all =
                    IntStream.range(0, 2 * MESSAGES).mapToObj(n -> n + "x1").toList();
            assertThat(ear.texts()).as(description).isEqualTo(all.subList(0, ear.heard.size()));
            return scene.failures().stream().findFirst().map(StoreException::getMessage);
        } finally {
            scene.close();
        }
    }
}

package io.hawser.iot.dispatch.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.time.ManualClock;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that keeps messages is killed again and again: what it was told is safe is there. */
class DeviceFileKillTest {
    @TempDir
    private Path folder;

    /** What was told to be safe and was not to be forgotten. */
    private final Set<Long> owed = new TreeSet<>();

    @Test
    void whatWasToldToBeSafeIsThereAfterThreeKills() throws Exception {
        survive(3);
    }

    @Test
    @Tag("slow")
    void whatWasToldToBeSafeIsThereAfterSixtyKills() throws Exception {
        survive(60);
    }

    private void survive(int kills) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int kill = 0; kill < kills; kill++) {
            live(200 + random.nextInt(2_000));
            DeviceFile file =
                    DeviceFile.open(folder.resolve("kept"), KeptLimits.DEFAULT, new ManualClock(), Runnable::run);
            List<Long> found = new ArrayList<>();
            file.messages()
                    .load("EP")
                    .join()
                    .forEach(each -> found.add(each.row().key()));
            file.close();
            assertThat(found).as("seed %d kill %d", seed, kill).isSorted().containsAll(owed);
        }
        assertThat(owed).isNotEmpty();
    }

    /** Until the program has said so many {@code lines}. */
    private void live(int lines) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeepingProgram.class.getName(),
                        folder.resolve("kept").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (said.size() == lines) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor()).as("killed, not ended").isEqualTo(137);
        // The kill may have cut the last line.
        String last = said.remove(said.size() - 1);
        said.forEach(this::heard);
        owed.removeIf(key -> ("-" + key).startsWith(last));
    }

    private void heard(String line) {
        long key = Long.parseLong(line.substring(1));
        if (line.charAt(0) == '+') {
            owed.add(key);
        } else {
            owed.remove(key);
        }
    }
}

package io.hawser.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BigObjectTest {
    private static final String HEAP = "-Xmx40m";

    @TempDir
    private Path temp;

    /** What it takes is printed; that it fits into a sixth of the object's size is the test. */
    @Test
    @Tag("slow")
    void memoryIsFlatWhateverTheSize() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:MaxDirectMemorySize=16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BigObjectProgram.class.getName(),
                        temp.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(said);
        assertThat(process.waitFor()).as(said).isZero();
        List<String> hashes = said.lines()
                .filter(line -> line.matches("(sent|read) .*"))
                .map(line -> line.substring(5, 69))
                .toList();
        assertThat(hashes).as(said).hasSize(2);
        assertThat(hashes.get(0)).isEqualTo(hashes.get(1));
    }
}

package io.hawser.clever.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths of strangers: what leaves the folder, or means something else elsewhere, is refused before anything is touched. */
class FileNameTest {
    private static final List<String> GOOD = List.of(
            "animation.csv",
            "config/client.ini",
            "a/b/c/d",
            "\u043a\u043e\u043f\u0442\u0435\u0440.txt",
            "f;touch INJECTED",
            "$HOME",
            "`id`",
            "a b",
            "..a",
            "a..b",
            ".hidden",
            "-rf",
            "con-fig",
            "com10",
            "x".repeat(240),
            "\uD83D\uDE81");

    @TempDir
    private Path folder;

    @Test
    void goodPathsAreTaken() throws IOException {
        for (String path : GOOD) {
            assertThat(String.join("/", FileName.parts(path))).isEqualTo(path);
        }
    }

    @Test
    void hostilePathsAreRefused() throws IOException {
        Set<String> paths = HostilePaths.all();
        assertThat(paths).hasSizeGreaterThanOrEqualTo(300);
        FileJail jail = FileJail.at(Files.createDirectory(folder.resolve("jail")));
        for (String path : paths) {
            assertThatThrownBy(() -> FileName.parts(path)).as(path).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> jail.source(path).open()).as(path).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> jail.sink(path).open("")).as(path).isInstanceOf(IOException.class);
        }
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all).containsExactlyInAnyOrder(folder, folder.resolve("jail"));
        }
    }
}

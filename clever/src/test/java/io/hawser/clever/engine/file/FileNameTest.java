package io.hawser.clever.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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

    private static final List<String> ODD = List.of(
            "",
            "/",
            "//",
            ".",
            "..",
            "./",
            "../",
            "a/",
            "/a",
            "a//b",
            "~/../..",
            "x".repeat(241),
            "\u043a".repeat(121),
            "a/".repeat(32) + "a",
            ".hawser-x",
            ".hawser-0/part");

    /** What means something on another system. */
    private static final List<String> ELSEWHERE = List.of(
            "C:/windows",
            "C:x",
            "\\\\server\\share",
            "//server/share",
            "\\\\?\\C:\\x",
            "file:///etc/passwd",
            "a.",
            "a ",
            " a",
            "a./b",
            "a /b",
            "...",
            ".. ",
            " ..",
            "a/...",
            "a/ ",
            "x:stream",
            "x::$DATA");

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
        Set<String> paths = hostile();
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

    private static Set<String> hostile() {
        Set<String> paths = new LinkedHashSet<>(ODD);
        List<String> ups = new ArrayList<>();
        for (int depth = 1; depth <= 8; depth++) {
            ups.add("../".repeat(depth));
            ups.add("a/" + "../".repeat(depth));
            ups.add("..\\".repeat(depth));
        }
        for (String up : ups) {
            for (String target : new String[] {"etc/passwd", "x", ".ssh/authorized_keys", "..", "windows\\win.ini"}) {
                paths.add(up + target);
            }
        }
        addDevices(paths);
        addCharacters(paths);
        paths.addAll(ELSEWHERE);
        return paths;
    }

    private static void addDevices(Set<String> paths) {
        for (String name : new String[] {"con", "prn", "aux", "nul", "conin$", "com1", "com9", "lpt1", "lpt9"}) {
            for (String form : new String[] {"%s", "%s.txt", "%s.tar.gz", "a/%s", "%s/a", "%s .txt"}) {
                paths.add(form.formatted(name));
                paths.add(form.formatted(name.toUpperCase(Locale.ROOT)));
            }
        }
    }

    private static void addCharacters(Set<String> paths) {
        for (int code = 0; code < 0x20; code++) {
            paths.add("a" + Character.toString(code) + "b");
            paths.add(Character.toString(code));
        }
        for (int code : new int[] {
            0x7f, 0x85, 0xad, 0x200b, 0x200e, 0x202e, 0x2028, 0x2029, 0x2066, 0xfeff, 0xd800, 0xdc00, 0xfffff
        }) {
            paths.add("a" + Character.toString(code) + "b");
        }
        for (String mark : new String[] {"\\", ":", "*", "?", "\"", "<", ">", "|"}) {
            paths.add("a" + mark + "b");
            paths.add(mark);
            paths.add("C" + mark + "x");
        }
    }
}

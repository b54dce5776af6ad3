package io.hawser.clever.engine.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Paths of strangers that leave a folder, or mean something else on another system. */
public final class HostilePaths {
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

    private HostilePaths() {}

    /** All of them. */
    public static Set<String> all() {
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

package io.hawser.clever.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The path of a file as a peer says it, in parts. Paths that could leave the folder, or mean something else on another system,
 * are refused.
 */
public final class FileName {
    private static final int MAX_PART_BYTES = 240;
    private static final int MAX_PARTS = 32;
    private static final Set<String> RESERVED = Set.of(
            "con",
            "prn",
            "aux",
            "nul",
            "conin$",
            "conout$",
            "com0",
            "com1",
            "com2",
            "com3",
            "com4",
            "com5",
            "com6",
            "com7",
            "com8",
            "com9",
            "com\u00b9",
            "com\u00b2",
            "com\u00b3",
            "lpt0",
            "lpt1",
            "lpt2",
            "lpt3",
            "lpt4",
            "lpt5",
            "lpt6",
            "lpt7",
            "lpt8",
            "lpt9",
            "lpt\u00b9",
            "lpt\u00b2",
            "lpt\u00b3");

    private FileName() {}

    /**
     * The parts of {@code path}, the last of which names the file.
     *
     * @throws IOException with a text that says what is wrong if the path is not one of ours
     */
    public static List<String> parts(String path) throws IOException {
        List<String> parts = List.of(path.split("/", -1));
        if (parts.size() > MAX_PARTS) {
            throw new IOException("the path has more than " + MAX_PARTS + " parts");
        }
        for (String part : parts) {
            check(part);
        }
        return parts;
    }

    private static void check(String part) throws IOException {
        if (part.isEmpty()) {
            throw new IOException("a path must be relative, without empty parts");
        }
        if (part.equals(".") || part.equals("..")) {
            throw new IOException("a path must not hold . or ..");
        }
        if (part.codePoints().anyMatch(FileName::forbidden)) {
            throw new IOException("a path must not hold \\ : * ? \" < > |, control or invisible characters");
        }
        if (part.getBytes(UTF_8).length > MAX_PART_BYTES) {
            throw new IOException("a part of a path must not be longer than " + MAX_PART_BYTES + " bytes");
        }
        if (part.endsWith(".") || part.endsWith(" ") || part.startsWith(" ")) {
            throw new IOException("a part of a path must not end with a dot, nor begin or end with a space");
        }
        if (part.startsWith(Folder.PART)) {
            throw new IOException("names that begin with " + Folder.PART + " are not free");
        }
        String stem = part.substring(0, part.indexOf('.') < 0 ? part.length() : part.indexOf('.'));
        if (RESERVED.contains(stem.strip().toLowerCase(Locale.ROOT))) {
            throw new IOException("a path must not name a device");
        }
    }

    private static boolean forbidden(int code) {
        return "\\:*?\"<>|".indexOf(code) >= 0
                || switch (Character.getType(code)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.UNASSIGNED -> true;
                    default -> false;
                };
    }
}

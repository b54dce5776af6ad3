package io.hawser.app.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with secrets: nobody but the user can read them at any moment. */
public final class PrivateFile {
    private static final String OWNER = "rwx------";
    private static final String OWNER_READS = "rw-------";

    private PrivateFile() {}

    /**
     * Makes {@code folder} and those above it; one that is there is left as it is.
     *
     * @throws UncheckedIOException if that fails
     */
    public static void makeFolder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes {@code text} into {@code file} in the place of what was there, and its folder if it is missing.
     *
     * @throws UncheckedIOException if that fails
     */
    public static void write(Path file, String text) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                makeFolder(folder);
            }
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_READS)));
            Files.writeString(file, text, UTF_8, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

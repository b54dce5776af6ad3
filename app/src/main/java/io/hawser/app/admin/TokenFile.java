package io.hawser.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The file in which a hub of this user leaves its admin token for the command line: one a port, in a folder that the user
 * alone can read: {@code $XDG_STATE_HOME/hawser}, else {@code $HOME/.local/state/hawser}.
 */
public final class TokenFile {
    private static final String OWNER = "rwx------";
    private static final String OWNER_READS = "rw-------";

    private final Path path;

    private TokenFile(Path path) {
        this.path = path;
    }

    /** The file for the hub whose admin listener has {@code port}; empty if the environment names no home. */
    public static Optional<TokenFile> of(Map<String, String> environment, int port) {
        return Optional.ofNullable(environment.get("XDG_STATE_HOME"))
                .filter(folder -> folder.startsWith("/"))
                .or(() -> Optional.ofNullable(environment.get("HOME")).map(home -> home + "/.local/state"))
                .map(folder -> new TokenFile(Path.of(folder, "hawser", "admin-" + port + ".token")));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The token, if there is one. */
    public Optional<String> read() {
        try {
            return Optional.of(Files.readString(path, UTF_8).strip());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code token}; nobody but the user can read it at any moment. */
    public void write(String token) {
        try {
            Path folder = path.getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER)));
            }
            Files.deleteIfExists(path);
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_READS)));
            Files.writeString(path, token + "\n", UTF_8, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes it away when the hub ends. */
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.hawser.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.access.PrivateFile;
import io.hawser.app.access.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The file in which a hub of this user leaves its admin token for the command line: one a port, in a folder that the user
 * alone can read, {@link StateFolder}.
 */
public final class TokenFile {
    private final Path path;

    private TokenFile(Path path) {
        this.path = path;
    }

    /** The file for the hub whose admin listener has {@code port}; empty if the environment names no home. */
    public static Optional<TokenFile> of(Map<String, String> environment, int port) {
        return StateFolder.of(environment).map(folder -> new TokenFile(folder.resolve("admin-" + port + ".token")));
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
        PrivateFile.write(path, token + "\n");
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

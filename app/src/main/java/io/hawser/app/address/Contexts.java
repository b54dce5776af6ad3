package io.hawser.app.address;

import io.hawser.app.access.ConfigFolder;
import io.hawser.app.access.PrivateFile;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.text.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hubs that this user has given names, and the one that commands talk to when nothing else is said.
 *
 * <pre>
 *   $XDG_CONFIG_HOME/hawser/contexts/NAME.json   what is said of it, open to the user alone
 *   $XDG_CONFIG_HOME/hawser/context              the name of the one that is selected
 * </pre>
 */
final class Contexts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");
    private static final String END = ".json";

    private final Path folder;
    private final Path selection;

    private Contexts(Path home) {
        this.folder = home.resolve("contexts");
        this.selection = home.resolve("context");
    }

    /** Those of the user; empty if {@code environment} names no home. */
    static Optional<Contexts> of(Map<String, String> environment) {
        return ConfigFolder.of(environment).map(Contexts::new);
    }

    /** Their names, sorted. */
    List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(END))
                    .map(file -> file.substring(0, file.length() - END.length()))
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is said of {@code name}. */
    Sayings read(String name) {
        return Sayings.read(required(name), List.of(Saying.values()));
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    /** From now on this is said of {@code name}; whoever reads meanwhile sees all of the old or all of the new. */
    void write(String name, Sayings said) {
        replace(file(name), said.text());
    }

    /** Forgets {@code name}. */
    void remove(String name) {
        try {
            Files.delete(required(name));
            if (selected().filter(name::equals).isPresent()) {
                unselect();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that is selected. */
    Optional<String> selected() {
        try {
            String name = Files.readString(selection).strip();
            if (!NAME.matcher(name).matches()) {
                throw new Failure(
                        Exit.USAGE, selection + " names no context: '" + SafeText.of(name) + "'; select another one");
            }
            return Optional.of(name);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Failure(Exit.USAGE, selection + " cannot be read: " + e.getMessage(), e);
        }
    }

    void select(String name) {
        required(name);
        replace(selection, name + "\n");
    }

    void unselect() {
        try {
            Files.deleteIfExists(selection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path required(String name) {
        Path file = file(name);
        if (!Files.exists(file)) {
            List<String> names = names();
            throw new Failure(
                    Exit.NOT_FOUND,
                    "there is no context '" + name + "'; "
                            + (names.isEmpty()
                                    ? "hawser context add makes one"
                                    : "there is " + String.join(", ", names)));
        }
        return file;
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Failure(
                    Exit.USAGE,
                    "'" + name + "' is no name of a context: 1 to 64 letters, digits, '.', '_' and '-', no '.' first");
        }
        return folder.resolve(name + END);
    }

    private static void replace(Path file, String text) {
        Path next = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            PrivateFile.write(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

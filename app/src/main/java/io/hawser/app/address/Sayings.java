package io.hawser.app.address;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a context or a file of credentials says, a JSON object of strings. Immutable; its text names no secret.
 *
 * <pre>{@code
 * {"server":"wss://hub.example:9191/channel","user":"alice","password":"...","tlsca":"/home/alice/ca.crt"}
 * }</pre>
 */
final class Sayings {
    /** Nothing is said. */
    static final Sayings NONE = new Sayings(Map.of());

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Map<Saying, String> said;

    Sayings(Map<Saying, String> said) {
        this.said = said.isEmpty() ? Map.of() : new EnumMap<>(said);
    }

    /**
     * What {@code file} says.
     *
     * @param known what may stand in it
     * @throws Failure that names the file, if it is not there, cannot be understood, or shows a secret to others
     */
    static Sayings read(Path file, List<Saying> known) {
        Sayings said = of(file, fields(file), known);
        if (said.said.keySet().stream().anyMatch(Saying::secret) && openToOthers(file)) {
            throw new Failure(Exit.USAGE, file + " holds a secret and is open to others: chmod 600 " + file);
        }
        return said;
    }

    private static Fields fields(Path file) {
        try {
            return JsonText.read(Files.readString(file));
        } catch (NoSuchFileException missing) {
            throw new Failure(Exit.NOT_FOUND, "there is no file " + file, missing);
        } catch (IOException | IllegalArgumentException damaged) {
            throw new Failure(Exit.USAGE, file + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    private static Sayings of(Path file, Fields fields, List<Saying> known) {
        Map<Saying, String> said = new EnumMap<>(Saying.class);
        for (String name : fields.names()) {
            Saying saying = Saying.of(name)
                    .filter(known::contains)
                    .orElseThrow(() -> new Failure(
                            Exit.USAGE,
                            file + ": unknown key '" + name + "'; the keys here are "
                                    + known.stream().map(Saying::key).collect(Collectors.joining(", "))));
            said.put(
                    saying,
                    fields.string(name)
                            .orElseThrow(() -> new Failure(Exit.USAGE, file + ": '" + name + "' must be a string")));
        }
        return new Sayings(said);
    }

    private static boolean openToOthers(Path file) {
        try {
            return !Collections.disjoint(Files.getPosixFilePermissions(file), OTHERS);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    Optional<String> get(Saying what) {
        return Optional.ofNullable(said.get(what));
    }

    /** As a file says it. */
    String text() {
        return JsonText.write(fields(false)) + "\n";
    }

    /** As people are told it: without secrets. */
    Fields shown() {
        return fields(true);
    }

    private Fields fields(boolean hidden) {
        Fields.Builder fields = Fields.builder();
        said.forEach((saying, text) -> fields.put(saying.key(), Value.of(hidden && saying.secret() ? "***" : text)));
        return fields.build();
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}

package io.hawser.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.access.JwtSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code jwt}: whose JWTs let somebody in. */
final class JwtSection {
    private static final String KEYS = "keys";
    private static final long LONGEST = 1 << 20;

    private final Settings jwt;

    JwtSection(Settings jwt) {
        this.jwt = jwt;
    }

    /** The settings; empty if no keys are named, or if they cannot be used. */
    Optional<JwtSettings> read() {
        Optional<String> keys = jwt.textIfAny(KEYS);
        List<String> algorithms = jwt.texts(
                "algorithms",
                name -> JwtSettings.allAlgorithms().contains(name)
                        ? ""
                        : "must be one of " + String.join(", ", JwtSettings.allAlgorithms()));
        Duration tolerance = jwt.duration("tolerance", Duration.ZERO, Duration.ofMinutes(10));
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        JwtSettings settings = new JwtSettings(
                List.of(),
                Set.copyOf(algorithms),
                jwt.text("issuer"),
                jwt.text("audience"),
                jwt.text("principal"),
                jwt.text("groups"),
                tolerance);
        try {
            Path file = Path.of(keys.get());
            if (Files.size(file) > LONGEST) {
                throw new IllegalArgumentException("it has more than " + LONGEST + " bytes");
            }
            return Optional.of(settings.with(Files.readString(file, UTF_8)));
        } catch (IOException | InvalidPathException unreadable) {
            jwt.problem(KEYS, "cannot be read; it must be a file with a JSON Web Key Set");
        } catch (IllegalArgumentException wrong) {
            jwt.problem(KEYS, "cannot be used: " + wrong.getMessage());
        }
        return Optional.empty();
    }
}

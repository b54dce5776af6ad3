package io.hawser.app.access;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where what this user has set for the command line is: {@code $XDG_CONFIG_HOME/hawser}, else {@code $HOME/.config/hawser}. */
public final class ConfigFolder {
    private ConfigFolder() {}

    /** The folder, which may have to be made; empty if {@code environment} names no home. */
    public static Optional<Path> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(folder -> folder.startsWith("/"))
                .or(() -> Optional.ofNullable(environment.get("HOME")).map(home -> home + "/.config"))
                .map(folder -> Path.of(folder, "hawser"));
    }
}

package io.hawser.app.access;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where what Hawser remembers of this user is: {@code $XDG_STATE_HOME/hawser}, else {@code $HOME/.local/state/hawser}. */
public final class StateFolder {
    private StateFolder() {}

    /** The folder, which may have to be made; empty if {@code environment} names no home. */
    public static Optional<Path> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("XDG_STATE_HOME"))
                .filter(folder -> folder.startsWith("/"))
                .or(() -> Optional.ofNullable(environment.get("HOME")).map(home -> home + "/.local/state"))
                .map(folder -> Path.of(folder, "hawser"));
    }
}

package io.hawser.app.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a configuration, so that the user is told everything at once. Not thread-safe. */
final class Problems {
    private static final int SHOWN = 80;

    private final List<String> lines = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    /** Something wrong that has no key. */
    void add(String line) {
        lines.add(line);
    }

    /** The setting {@code key} cannot be {@code value}; {@code what} says what it must be. The first reason is told. */
    void add(String key, ConfigValue value, String what) {
        String shown = value.render(ConfigRenderOptions.concise());
        shown = shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "...";
        String problem = key + " = " + shown + " (" + origin(value) + ")";
        if (told.add(problem)) {
            lines.add(problem + " " + what);
        }
    }

    /** The setting {@code key} cannot be what it is, which is not shown; {@code what} says what it must be. */
    void hidden(String key, ConfigValue value, String what) {
        lines.add(key + " (" + origin(value) + ") " + what);
    }

    /** The key {@code key} of {@code value} is in no schema. */
    void unknown(String key, ConfigValue value, String instead) {
        lines.add("unknown key " + key + " (" + origin(value) + "); " + instead);
    }

    /** Ends the reading if anything is wrong. */
    void check() {
        if (!lines.isEmpty()) {
            throw new ConfigException(lines);
        }
    }

    /** File and line, or the name of the variable or flag. */
    private static String origin(ConfigValue value) {
        return value.origin().description();
    }
}

package io.hawser.app.copter;

import java.util.ArrayList;
import java.util.List;

/**
 * Which option: {@code FLIGHT.takeoff_height}, {@code ANIMATION.OUTPUT.land}, {@code id}.
 *
 * @param path the sections it is in, from the outermost, and its name
 */
public record ConfigKey(List<String> path) {
    private static final int DEEPEST = 4;

    /**
     * A key.
     *
     * @throws IllegalArgumentException with a text for the user if it is none
     */
    public ConfigKey {
        path = List.copyOf(path);
        if (path.isEmpty() || path.size() > DEEPEST) {
            throw new IllegalArgumentException("an option has a name and stands in at most " + (DEEPEST - 1)
                    + " sections, as ANIMATION.OUTPUT.land");
        }
        for (String part : path) {
            if (!part.strip().equals(part) || !part.matches("[\\p{L}\\p{N}_ /-]{1,64}")) {
                throw new IllegalArgumentException("'" + part
                        + "' is no name of a section or an option: 1 to 64 letters, digits, spaces, '_', '-' and '/'");
            }
        }
    }

    /** The one that people write so. */
    public static ConfigKey parse(String text) {
        return new ConfigKey(List.of(text.split("\\.", -1)));
    }

    /** The option {@code name} in {@code section}. */
    static ConfigKey of(List<String> section, String name) {
        List<String> path = new ArrayList<>(section);
        path.add(name);
        return new ConfigKey(path);
    }

    /** The sections it is in. */
    List<String> section() {
        return path.subList(0, path.size() - 1);
    }

    /** Its name in the innermost. */
    String name() {
        return path.get(path.size() - 1);
    }

    @Override
    public String toString() {
        return String.join(".", path);
    }
}

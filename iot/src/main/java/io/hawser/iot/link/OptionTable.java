package io.hawser.iot.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.slf4j.Logger;

/**
 * Keys of the originals, and what each changes of options {@code O} ({@code specs/iot.md} 5). Each has a long name, the system
 * property of the Java library, and a short one, its last part, as the Python library says it. Filled by one thread, then read by any.
 */
public final class OptionTable<O> {
    /** How most system properties of the original Java library begin. */
    public static final String OLD = "oracle.iot.client.";

    /** How the others begin. */
    public static final String NEW = "com.oracle.iot.client.";

    private static final int CLOSE_ENOUGH = 3;

    private final Logger log;
    private final Map<String, Change<O>> keys = new LinkedHashMap<>();

    /** Knows no key yet; what is odd about system properties goes to {@code log}. */
    public OptionTable(Logger log) {
        this.log = log;
    }

    /** Changes options by the text of a value; an IllegalArgumentException says what would have made sense. */
    @FunctionalInterface
    public interface Change<O> {
        /** The options with {@code value}. */
        O apply(O options, String value);
    }

    // ---- the keys ----

    /** {@code property}, and its short name, make {@code change}. */
    public void add(String property, Change<O> change) {
        keys.put(property, change);
        keys.put(shortName(property), change);
    }

    /** Those that are known, and change nothing; {@code why} is what is logged if one is there. */
    public void without(String why, List<String> properties) {
        for (String property : properties) {
            add(property, (options, value) -> {
                log.info("{} {}", property, why);
                return options;
            });
        }
    }

    private static String shortName(String property) {
        int persistence = property.indexOf("persistence.");
        return persistence > 0 ? property.substring(persistence) : property.substring(property.lastIndexOf('.') + 1);
    }

    // ---- values ----

    /** A whole number. */
    public static <O> Change<O> count(BiFunction<O, Integer, O> change) {
        return (options, value) -> {
            try {
                return change.apply(options, Integer.parseInt(value));
            } catch (NumberFormatException none) {
                throw new IllegalArgumentException("must be a whole number, and is '" + value + "'", none);
            }
        };
    }

    /** A number of milliseconds from 0 on. */
    public static <O> Change<O> millis(BiFunction<O, Duration, O> change) {
        return (options, value) -> {
            try {
                long millis = Long.parseLong(value);
                if (millis >= 0) {
                    return change.apply(options, Duration.ofMillis(millis));
                }
            } catch (NumberFormatException none) {
                throw new IllegalArgumentException("must be a number of milliseconds, and is '" + value + "'", none);
            }
            throw new IllegalArgumentException("must be a number of milliseconds from 0 on, and is " + value);
        };
    }

    /** True or false; a property that is there and empty is true, as with the original. */
    public static <O> Change<O> truth(BiFunction<O, Boolean, O> change) {
        return (options, value) -> {
            if (value.isEmpty() || value.equalsIgnoreCase("true")) {
                return change.apply(options, true);
            }
            if (value.equalsIgnoreCase("false")) {
                return change.apply(options, false);
            }
            throw new IllegalArgumentException("must be true or false, and is '" + value + "'");
        };
    }

    // ---- where they stand ----

    /**
     * {@code start}, changed by those of {@code properties} that begin as the originals' do; one that nobody knows is logged.
     *
     * @throws IllegalArgumentException names each property whose value makes no sense, and says what would
     */
    public O system(O start, Properties properties) {
        O options = start;
        List<String> problems = new ArrayList<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (!name.startsWith(OLD) && !name.startsWith(NEW)) {
                continue;
            }
            Change<O> change = keys.get(name);
            if (change == null) {
                log.warn("the system property {} is not known{}", name, suggestion(name));
            } else {
                options = apply(options, name, change, properties.getProperty(name), "", problems);
            }
        }
        return checked(options, problems, "the system properties");
    }

    /**
     * {@code start}, changed by the lines {@code key = value} of {@code file}; comments begin with # or ;, and {@code [sections]} mean
     * nothing.
     *
     * @throws IllegalArgumentException names each line with a key that nobody knows or a value that makes no sense
     * @throws IOException if the file cannot be read
     */
    public O file(O start, Path file) throws IOException {
        O options = start;
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = line.strip();
            boolean plain = text.isEmpty() || "#;![".indexOf(text.charAt(0)) >= 0;
            if (plain) {
                continue;
            }
            String[] parts = text.split("\\s*[=:]\\s*", 2);
            String place = "line " + number + ": ";
            Change<O> change = keys.get(parts[0]);
            if (change == null) {
                problems.add(place + parts[0] + " is not known" + suggestion(parts[0]));
            } else {
                options = apply(options, parts[0], change, parts.length < 2 ? "" : parts[1], place, problems);
            }
        }
        return checked(options, problems, file.toString());
    }

    private O apply(O options, String name, Change<O> change, String value, String place, List<String> problems) {
        try {
            return change.apply(options, value);
        } catch (IllegalArgumentException wrong) {
            problems.add(place + name + " " + wrong.getMessage());
            return options;
        }
    }

    private O checked(O options, List<String> problems, String where) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(where + ": " + String.join("; ", problems));
        }
        return options;
    }

    private String suggestion(String name) {
        return nearest(name).map(near -> "; did you mean " + near + "?").orElse("");
    }

    private Optional<String> nearest(String name) {
        Optional<String> best = Optional.empty();
        int least = CLOSE_ENOUGH + 1;
        for (String key : keys.keySet()) {
            int distance = distance(name, key);
            if (distance < least) {
                least = distance;
                best = Optional.of(key);
            }
        }
        return best;
    }

    /** How many letters must be put in, taken out or changed (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}

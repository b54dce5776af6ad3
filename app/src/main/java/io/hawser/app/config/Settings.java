package io.hawser.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One section of the configuration, read with types and ranges. What is wrong becomes a problem, and reading goes on
 * with a value that is in range.
 */
final class Settings {
    private final String path;
    private final Config config;
    private final Problems problems;

    Settings(String path, Config config, Problems problems) {
        this.path = path;
        this.config = config;
        this.problems = problems;
    }

    /** The section {@code name} in this one. */
    Settings section(String name) {
        return new Settings(path(name), config.getConfig(name), problems);
    }

    /** The section {@code name} in this one, on top of {@code template}. */
    Settings section(String name, Config template) {
        Config section = config.getConfig(ConfigUtil.joinPath(name)).withFallback(template);
        return new Settings(path(name), section, problems);
    }

    /** The section {@code name} in the section {@code group} of this one, on top of this one itself. */
    Settings variant(String group, String name) {
        String key = ConfigUtil.joinPath(group, name);
        return new Settings(path(group) + "." + name, config.getConfig(key).withFallback(config), problems);
    }

    /** The names in this section, sorted. */
    List<String> names() {
        return List.copyOf(new TreeSet<>(config.root().keySet()));
    }

    /** The whole name of {@code name}. */
    String path(String name) {
        return path + "." + name;
    }

    /** A whole number. */
    int count(String name, int min, int max) {
        return (int) whole(name, min, max, "must be a whole number, " + min + " to " + max, () -> {
            Number number = config.getNumber(name);
            return number.doubleValue() == number.longValue() ? number.longValue() : Long.MIN_VALUE;
        });
    }

    /** A size in bytes. */
    long bytes(String name, long min, long max) {
        String wanted = "must be a size such as 512KiB or 8MiB, " + size(min) + " to " + size(max);
        return whole(name, min, max, wanted, () -> config.getBytes(name));
    }

    /** A duration, to the millisecond. */
    Duration duration(String name, Duration min, Duration max) {
        String wanted = "must be a duration such as 500ms, 30s or 2m, " + seconds(min) + " to " + seconds(max);
        return Duration.ofMillis(whole(name, min.toMillis(), max.toMillis(), wanted, () -> config.getDuration(name)
                .toMillis()));
    }

    /** True or false. */
    boolean yes(String name) {
        return read(name, "must be true or false", false, () -> config.getBoolean(name));
    }

    /** A text that is not blank. */
    String text(String name) {
        String text = read(name, "must be a text", "?", () -> config.getString(name));
        if (text.isBlank()) {
            problem(name, "must not be empty");
        }
        return text;
    }

    /** A text, if one is set. */
    Optional<String> textIfAny(String name) {
        return Optional.of(read(name, "must be a text", "", () -> config.getString(name)))
                .filter(text -> !text.isBlank());
    }

    /** A secret of at least 16 letters, digits and {@code - . _ ~ + / =}, if one is set; it is never shown. */
    Optional<String> secret(String name) {
        String secret = read(name, "must be a text", "", () -> config.getString(name));
        if (!secret.isEmpty() && !secret.matches("[A-Za-z0-9._~+/=-]{16,1000}")) {
            problems.add(path(name) + " must have at least 16 characters: letters, digits and -._~+/=");
        }
        return Optional.of(secret).filter(text -> !text.isEmpty());
    }

    /** What {@code reading} makes of a text that is never shown; empty if that throws, with a text for the user. */
    <T> Optional<T> hidden(String name, Function<String, T> reading) {
        String text = read(name, "must be a text", "", () -> config.getString(name));
        try {
            return Optional.of(reading.apply(text));
        } catch (IllegalArgumentException wrong) {
            secretly(name, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    /** One of the constants of {@code type}, written small and with dashes. */
    <E extends Enum<E>> E choice(String name, Class<E> type) {
        E[] all = type.getEnumConstants();
        String wanted =
                "must be one of " + Stream.of(all).map(Settings::written).collect(Collectors.joining(", "));
        return read(name, wanted, all[0], () -> Stream.of(all)
                .filter(each -> written(each).equals(config.getString(name)))
                .findFirst()
                .orElseThrow(() -> new com.typesafe.config.ConfigException.BadValue(name, wanted)));
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A folder, if one is named. */
    Optional<Path> folder(String name) {
        String wanted = "must be the path of a folder, or empty";
        return read(name, wanted, Optional.empty(), () -> Optional.of(config.getString(name))
                .filter(path -> !path.isBlank())
                .map(path -> {
                    try {
                        return Path.of(path);
                    } catch (InvalidPathException none) {
                        throw new com.typesafe.config.ConfigException.BadValue(name, wanted, none);
                    }
                }));
    }

    /** A list of texts; {@code objection} says what is wrong with one of them, an empty text if nothing is. */
    List<String> texts(String name, Function<String, String> objection) {
        List<? extends ConfigValue> values =
                read(name, "must be a list such as [\"a\", \"b\"]", List.of(), () -> config.getList(name));
        List<String> texts = new ArrayList<>();
        for (ConfigValue value : values) {
            String wrong = value.valueType() == ConfigValueType.STRING
                    ? objection.apply((String) value.unwrapped())
                    : "must be a text";
            if (!wrong.isEmpty()) {
                problems.add(path(name), value, wrong);
            }
            texts.add(String.valueOf(value.unwrapped()));
        }
        return texts;
    }

    /** Tells that the value of {@code name} is wrong. */
    void problem(String name, String what) {
        problems.add(path(name), Objects.requireNonNull(config.root().get(name), name), what);
    }

    /** The same without showing the value. */
    void secretly(String name, String what) {
        problems.hidden(path(name), Objects.requireNonNull(config.root().get(name), name), what);
    }

    /** Checks that {@code name}, an address, is loopback or somebody said that it is meant not to be. */
    void address(String name, boolean loopback) {
        address(name, loopback, "nothing is encrypted, passwords neither", "");
    }

    /**
     * The same.
     *
     * @param danger what is bad about another address
     * @param remedy what would make it good, followed by a comma and a space; empty if nothing does
     */
    void address(String name, boolean loopback, String danger, String remedy) {
        if (!yes("insecure") && !loopback) {
            problem(
                    name,
                    "can be reached from other machines, and " + danger + "; " + remedy
                            + "use a loopback address, or set " + path("insecure")
                            + " = true if you trust that whole network");
        }
    }

    private long whole(String name, long min, long max, String wanted, Supplier<Long> reading) {
        long value = read(name, wanted, min, reading);
        if (value >= min && value <= max) {
            return value;
        }
        problem(name, wanted);
        return min;
    }

    private <T> T read(String name, String wanted, T otherwise, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (com.typesafe.config.ConfigException wrong) {
            problem(name, wanted);
            return otherwise;
        }
    }

    private static String size(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, units.length - 1);
        return (bytes >> (10 * unit)) + units[unit];
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}

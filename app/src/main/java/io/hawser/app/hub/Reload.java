package io.hawser.app.hub;

import io.hawser.app.admin.control.ConfigApi;
import io.hawser.app.config.ConfigException;
import io.hawser.app.config.ConfigSource;
import io.hawser.app.config.Configuration;
import io.hawser.app.config.origin.Setting;
import io.hawser.core.value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up, while the hub runs, what has changed in its configuration, as far as that can be done; one that is wrong changes
 * nothing. Callable from any thread; one reload goes on at a time.
 */
public final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Optional<ConfigSource> source;
    private final List<Part> parts = new ArrayList<>();
    private Supplier<List<String>> certificates = List::of;
    private Configuration last;
    private volatile List<Setting> settings;

    /**
     * What of a configuration can change.
     *
     * @param keys what the names of its settings begin with
     * @param always whether it is told of each reload: files that settings name can change too
     * @param take takes a new configuration up
     */
    private record Part(List<String> keys, boolean always, Consumer<Configuration> take) {
        boolean has(String key) {
            return keys.stream().anyMatch(start -> key.equals(start) || key.startsWith(start + "."));
        }
    }

    /**
     * What a reload has done.
     *
     * @param taken the settings that hold now
     * @param restart those that hold from the next start on
     * @param certificates the listeners that have a new certificate
     */
    public record Outcome(List<String> taken, List<String> restart, List<String> certificates) {
        /** With copies. */
        public Outcome {
            taken = List.copyOf(taken);
            restart = List.copyOf(restart);
            certificates = List.copyOf(certificates);
        }

        /** As it is told. */
        Fields row() {
            return Fields.builder()
                    .put("taken", ConfigApi.names(taken))
                    .put("restart", ConfigApi.names(restart))
                    .put("certificates", ConfigApi.names(certificates))
                    .build();
        }
    }

    /** At first {@code now} holds; {@code source} says what will. */
    Reload(Configuration now, Optional<ConfigSource> source) {
        this.source = source;
        this.last = now;
        this.settings = now.settings();
    }

    /** Before the first reload: whenever a setting changes whose name is or is below one of {@code keys}, {@code take} is told all. */
    void part(List<String> keys, Consumer<Configuration> take) {
        parts.add(new Part(List.copyOf(keys), false, take));
    }

    /** The same; {@code take} is told of every reload. */
    void always(List<String> keys, Consumer<Configuration> take) {
        parts.add(new Part(List.copyOf(keys), true, take));
    }

    /** Before the first reload: {@code look} takes up certificates that have changed, and says whose. */
    void certificates(Supplier<List<String>> look) {
        certificates = look;
    }

    /** Each setting that holds, by key. */
    public List<Setting> settings() {
        return settings;
    }

    /**
     * Reads the configuration anew.
     *
     * @throws ConfigException with everything that is wrong with it; then all stays as it was
     * @throws IllegalStateException with a text for the user if there is nothing to read anew
     */
    public synchronized Outcome run() {
        ConfigSource from = source.orElseThrow(() -> new IllegalStateException(
                "this hub is part of a program, which has given it its settings; ask that one"));
        Configuration next = read(from);
        Map<String, Setting> before = byKey(last);
        Map<String, Setting> after = byKey(next);
        List<String> changed = changed(before, after);
        parts.stream()
                .filter(part -> part.always() || changed.stream().anyMatch(part::has))
                .forEach(part -> part.take().accept(next));
        List<String> taken = changed.stream().filter(this::canChange).toList();
        List<String> restart = changed.stream().filter(key -> !canChange(key)).toList();
        for (String key : restart) {
            replace(after, key, before.get(key));
        }
        settings = List.copyOf(after.values());
        last = new Configuration(next.hub(), next.logs(), settings);
        from.taken(next);
        Outcome outcome = new Outcome(taken, restart, certificates.get());
        LOG.info(
                "configuration reloaded: {} taken up, {} wait for a restart{}",
                named(taken),
                named(restart),
                outcome.certificates().isEmpty() ? "" : ", new certificates of " + named(outcome.certificates()));
        return outcome;
    }

    private static Configuration read(ConfigSource from) {
        try {
            return from.read();
        } catch (ConfigException wrong) {
            String.valueOf(wrong.getMessage())
                    .lines()
                    .forEach(line -> LOG.error("configuration not reloaded, the old one holds: {}", line));
            throw wrong;
        }
    }

    private boolean canChange(String key) {
        return parts.stream().anyMatch(part -> part.has(key));
    }

    private static Map<String, Setting> byKey(Configuration configuration) {
        Map<String, Setting> byKey = new TreeMap<>();
        configuration.settings().forEach(setting -> byKey.put(setting.key(), setting));
        return byKey;
    }

    private static List<String> changed(Map<String, Setting> before, Map<String, Setting> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(key -> !value(before, key).equals(value(after, key)))
                .toList();
    }

    private static Optional<String> value(Map<String, Setting> settings, String key) {
        return Optional.ofNullable(settings.get(key)).map(Setting::value);
    }

    private static void replace(Map<String, Setting> settings, String key, @Nullable Setting by) {
        if (by == null) {
            settings.remove(key);
        } else {
            settings.put(key, by);
        }
    }

    private static String named(List<String> names) {
        return names.isEmpty() ? "nothing" : names.stream().collect(Collectors.joining(", "));
    }
}

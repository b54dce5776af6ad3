package io.hawser.app.copter;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a copter, in their order. Immutable.
 *
 * <p>On the wire ({@code specs/clever.md} 2.4) a section is an object, in which an option is its value, or an object with
 * {@code __value__} and what is said about it.
 */
public final class CopterConfig {
    private static final String VALUE = "__value__";
    private static final List<String> COMMENTS = List.of("initial_comment", "final_comment");

    private final Map<ConfigKey, Setting> options;
    private final Map<ConfigKey, List<String>> comments;

    private CopterConfig(Map<ConfigKey, Setting> options, Map<ConfigKey, List<String>> comments) {
        this.options = new LinkedHashMap<>(options);
        this.comments = new LinkedHashMap<>(comments);
    }

    /** These options. */
    public static CopterConfig of(Map<ConfigKey, Setting> options) {
        return new CopterConfig(options, Map.of());
    }

    /** What a copter answers. */
    public static CopterConfig of(Fields said) {
        Map<ConfigKey, Setting> options = new LinkedHashMap<>();
        Map<ConfigKey, List<String>> comments = new LinkedHashMap<>();
        read(said, List.of(), options, comments);
        return new CopterConfig(options, comments);
    }

    private static void read(
            Fields section, List<String> path, Map<ConfigKey, Setting> options, Map<ConfigKey, List<String>> comments) {
        for (int i = 0; i < section.size(); i++) {
            String name = section.name(i);
            Value value = section.value(i);
            if (path.isEmpty() && COMMENTS.contains(name)) {
                continue;
            }
            ConfigKey key = ConfigKey.of(path, name);
            if (!(value instanceof Value.Nested nested)) {
                options.put(key, Setting.of(value));
            } else if (nested.fields().has(VALUE)) {
                options.put(key, Setting.of(nested.fields().get(VALUE).orElseThrow()));
                if (nested.fields().find("comments") instanceof Value.Sequence lines) {
                    comments.put(key, Setting.of(lines).items());
                }
            } else {
                read(nested.fields(), key.path(), options, comments);
            }
        }
    }

    /** The options in their order. */
    public Map<ConfigKey, Setting> options() {
        return new LinkedHashMap<>(options);
    }

    /** What {@code key} is set to. */
    public Optional<Setting> find(ConfigKey key) {
        return Optional.ofNullable(options.get(key));
    }

    /** What is said about {@code key}, line by line. */
    List<String> comments(ConfigKey key) {
        return comments.getOrDefault(key, List.of());
    }

    /** The options of this that {@code other} has not, or has otherwise. */
    public CopterConfig changesOf(CopterConfig other) {
        Map<ConfigKey, Setting> changed = options();
        changed.entrySet()
                .removeIf(each ->
                        other.find(each.getKey()).filter(each.getValue()::means).isPresent());
        return of(changed);
    }

    /** The options of this that {@code other} lacks. */
    public List<ConfigKey> missingIn(CopterConfig other) {
        List<ConfigKey> missing = new ArrayList<>(options.keySet());
        missing.removeAll(other.options.keySet());
        return missing;
    }

    /** As a copter is told it. */
    public Fields fields() {
        return section(List.of());
    }

    private Fields section(List<String> path) {
        Fields.Builder fields = Fields.builder();
        options.forEach((key, setting) -> {
            List<String> whole = key.path();
            if (whole.size() <= path.size() || !whole.subList(0, path.size()).equals(path)) {
                return;
            }
            String name = whole.get(path.size());
            if (whole.size() == path.size() + 1) {
                fields.put(name, setting.value());
            } else if (!fields.has(name)) {
                fields.put(name, new Value.Nested(section(whole.subList(0, path.size() + 1))));
            }
        });
        return fields.build();
    }
}

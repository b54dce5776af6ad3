package io.hawser.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which keys there are: those of {@code defaults.conf}, and in its named sections any name with the keys of a template.
 */
final class Schema {
    private final String root;
    private final ConfigObject known;
    private final Map<String, ConfigObject> templates;

    /** The keys of {@code known} below {@code root}; {@code templates} holds those of each name, by the path of its section. */
    Schema(String root, ConfigObject known, Map<String, ConfigObject> templates) {
        this.root = root;
        this.known = known;
        this.templates = Map.copyOf(templates);
    }

    /** The defaults. */
    ConfigObject known() {
        return known;
    }

    /** What of {@code said} has a place here; the rest becomes problems. */
    Config sound(Config said, Problems problems) {
        return sound(root, said.root(), known, problems).toConfig();
    }

    private ConfigObject sound(String path, ConfigObject said, ConfigObject known, Problems problems) {
        ConfigObject sound = said;
        ConfigObject template = templates.get(path);
        for (Map.Entry<String, ConfigValue> entry : said.entrySet()) {
            String name = entry.getKey();
            String key = path + "." + name;
            ConfigValue value = entry.getValue();
            ConfigValue place = template == null ? known.getOrDefault(name, value) : template;
            boolean section = place.valueType() == ConfigValueType.OBJECT;
            if (template == null && !known.containsKey(name)) {
                problems.unknown(key, value, instead(path, name, known.keySet()));
                sound = sound.withoutKey(name);
            } else if (section && value instanceof ConfigObject inner) {
                sound = sound.withValue(name, sound(key, inner, (ConfigObject) place, problems));
            } else if (section || value instanceof ConfigObject) {
                problems.add(key, value, section ? "must be a section: { ... }" : "must be a value, not a section");
                sound = sound.withoutKey(name);
            }
        }
        return sound;
    }

    private static String instead(String path, String name, Set<String> known) {
        Optional<String> nearest = known.stream()
                .filter(key -> key.regionMatches(0, name, 0, 1) && !name.isEmpty())
                .filter(key -> distance(key, name) <= Math.max(2, name.length() / 3))
                .min(Comparator.comparingInt(key -> distance(key, name)));
        return nearest.map(key -> "did you mean " + path + "." + key + "?")
                .orElseGet(() -> "the keys here are " + String.join(", ", new TreeSet<>(known)));
    }

    /** How many letters must be added, removed or replaced to make {@code b} of {@code a}. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

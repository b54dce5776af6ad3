package io.hawser.app.hub;

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
 * Which keys there are: those of {@code defaults.conf}, and under {@code ivy} any name with the keys of its template.
 */
final class Schema {
    private static final String NAMED = "ivy";

    private final String root;
    private final ConfigObject known;
    private final ConfigObject template;

    /** The keys of {@code known} below {@code root}; {@code template} holds those of each named bus. */
    Schema(String root, ConfigObject known, ConfigObject template) {
        this.root = root;
        this.known = known;
        this.template = template;
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
        boolean named = path.equals(root + "." + NAMED);
        for (Map.Entry<String, ConfigValue> entry : said.entrySet()) {
            String name = entry.getKey();
            String key = path + "." + name;
            ConfigValue value = entry.getValue();
            ConfigValue place = named ? template : known.getOrDefault(name, value);
            boolean section = place.valueType() == ConfigValueType.OBJECT;
            if (!named && !known.containsKey(name)) {
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

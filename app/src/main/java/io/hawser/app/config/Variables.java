package io.hawser.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads settings from environment variables: {@code HAWSER_EFTL__MAX_MESSAGE} is {@code eftl.max-message}. Only names
 * with {@code __}, or that are a whole top-level key, are settings; {@code HAWSER_URL} is not.
 */
final class Variables {
    private static final String PREFIX = "HAWSER_";
    private static final String DOT = "__";

    private final Set<String> topLevel;

    Variables(Set<String> topLevel) {
        this.topLevel = topLevel;
    }

    /** The settings in {@code environment}. */
    Config read(Map<String, String> environment) {
        Config settings = ConfigFactory.empty();
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            String key = name.substring(PREFIX.length());
            String[] parts = key.toLowerCase(Locale.ROOT)
                    .replace(DOT, ".")
                    .replace('_', '-')
                    .split("\\.", -1);
            if (key.contains(DOT) || topLevel.contains(parts[0])) {
                Map<String, Object> setting = Map.of(ConfigUtil.joinPath(parts), value(variable.getValue()));
                settings = settings.withFallback(ConfigFactory.parseMap(setting, "environment variable " + name));
            }
        }
        return settings;
    }

    private static Object value(String text) {
        if (!text.startsWith("[")) {
            return text;
        }
        try {
            return ConfigFactory.parseString("list = " + text).getList("list").unwrapped();
        } catch (ConfigException notAList) {
            return text;
        }
    }
}

package io.hawser.app.config.origin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lists the settings that hold: those of {@code defaults.conf}, and in its named sections those of each name. Not thread-safe;
 * belongs to whoever made it.
 */
public final class Listing {
    private static final Set<String> SECRETS = Set.of("password", "token", "sha256");
    private static final String ADDRESS = "url";

    private final Map<String, ConfigObject> templates;
    private final List<Setting> settings = new ArrayList<>();

    /** {@code templates} holds what each name starts from, by the path of its section. */
    public Listing(Map<String, ConfigObject> templates) {
        this.templates = Map.copyOf(templates);
    }

    /** All that holds in {@code hub}, which is called {@code root}, by key. */
    public List<Setting> of(String root, Config hub) {
        section(root, hub.root());
        return List.copyOf(settings);
    }

    private void section(String path, ConfigObject section) {
        ConfigObject template = templates.get(path);
        for (String name : new TreeSet<>(section.keySet())) {
            ConfigValue value = section.get(name);
            if (template != null && value instanceof ConfigObject named) {
                value = named.withFallback(template);
            }
            String key = path + "." + (template == null ? name : ConfigUtil.joinPath(name));
            if (value instanceof ConfigObject inner) {
                section(key, inner);
            } else if (value != null) {
                settings.add(setting(key, name, value));
            }
        }
    }

    private static Setting setting(String key, String name, ConfigValue value) {
        Setting.Secrecy secrecy = SECRETS.contains(name)
                ? Setting.Secrecy.SECRET
                : name.equals(ADDRESS) ? Setting.Secrecy.ADDRESS : Setting.Secrecy.OPEN;
        String text = value.render(ConfigRenderOptions.concise());
        return new Setting(key, text, value.origin().description(), secrecy);
    }
}

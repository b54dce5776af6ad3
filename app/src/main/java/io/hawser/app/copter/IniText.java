package io.hawser.app.copter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration as people write it, and as the copter keeps it in its file.
 *
 * <pre>
 *   id = copter-1
 *   # Frame translation (x, y, z)
 *   [FLOOR FRAME]
 *   translation = 0.0, 0.0, 1.5      # a list
 *   [ANIMATION]
 *   [[OUTPUT]]
 *   land = True
 * </pre>
 */
public final class IniText {
    private IniText() {}

    /** {@code config} as text. */
    public static String write(CopterConfig config) {
        StringBuilder text = new StringBuilder();
        // what stands behind a section is in it
        config.options().forEach((key, setting) -> {
            if (key.section().isEmpty()) {
                option(text, config, key, setting);
            }
        });
        List<String> open = List.of();
        for (Map.Entry<ConfigKey, Setting> each : config.options().entrySet()) {
            List<String> section = each.getKey().section();
            if (!section.isEmpty()) {
                head(text, open, section);
                open = section;
                option(text, config, each.getKey(), each.getValue());
            }
        }
        return text.toString();
    }

    private static void head(StringBuilder text, List<String> open, List<String> section) {
        int same = 0;
        while (same < Math.min(open.size(), section.size()) && open.get(same).equals(section.get(same))) {
            same++;
        }
        if (same == section.size() && same < open.size()) {
            same--; // back from an inner section
        }
        for (int depth = same; depth < section.size(); depth++) {
            String marks = "[".repeat(depth + 1);
            text.append(depth == 0 ? "\n" : "")
                    .append(marks)
                    .append(section.get(depth))
                    .append(marks.replace('[', ']'))
                    .append('\n');
        }
    }

    private static void option(StringBuilder text, CopterConfig config, ConfigKey key, Setting setting) {
        config.comments(key).stream().filter(comment -> !comment.isBlank()).forEach(comment -> text.append(
                        comment.startsWith("#") ? "" : "# ")
                .append(comment.replace("\n", " "))
                .append('\n'));
        text.append(key.name()).append(" = ").append(setting).append('\n');
    }

    /**
     * What {@code text} says.
     *
     * @throws IllegalArgumentException with a text for the user that names the line
     */
    public static CopterConfig read(String text) {
        Map<ConfigKey, Setting> options = new LinkedHashMap<>();
        List<String> section = List.of();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String said = line.strip();
            try {
                if (said.startsWith("[")) {
                    section = section(said, section);
                } else if (!said.isEmpty() && !said.startsWith("#")) {
                    int equals = said.indexOf('=');
                    if (equals < 1) {
                        throw new IllegalArgumentException("neither '[SECTION]' nor 'option = value'");
                    }
                    ConfigKey key =
                            ConfigKey.of(section, said.substring(0, equals).strip());
                    if (options.put(key, setting(said.substring(equals + 1))) != null) {
                        throw new IllegalArgumentException(key + " stands there twice");
                    }
                }
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("line " + number + ": " + wrong.getMessage(), wrong);
            }
        }
        return CopterConfig.of(options);
    }

    private static List<String> section(String said, List<String> open) {
        String head = said.replaceFirst("\\s+#.*$", "");
        int depth = 0;
        while (depth < head.length() && head.charAt(depth) == '[') {
            depth++;
        }
        String marks = "]".repeat(depth);
        if (!head.endsWith(marks) || head.length() <= 2 * depth || depth > open.size() + 1) {
            throw new IllegalArgumentException("'" + said + "' opens no section: [NAME], and [[NAME]] inside another");
        }
        return ConfigKey.of(
                        open.subList(0, depth - 1),
                        head.substring(depth, head.length() - depth).strip())
                .path();
    }

    /**
     * What stands behind {@code =}.
     *
     * @throws IllegalArgumentException with a text for the user if a quotation mark is open
     */
    public static Setting setting(String text) {
        List<String> items = new ArrayList<>();
        String rest = text.strip();
        boolean list = false;
        while (!rest.isEmpty() && rest.charAt(0) != '#') {
            int end = end(rest);
            items.add(unquoted(rest.substring(0, end).strip()));
            rest = rest.substring(end).strip();
            if (rest.startsWith(",")) {
                list = true;
                rest = rest.substring(1).strip();
            }
        }
        items.removeIf(item -> item.equals(NOTHING));
        return list ? new Setting(true, items) : Setting.of(items.isEmpty() ? "" : items.get(0));
    }

    /** What stands before a comma that stands alone. */
    private static final String NOTHING = "\0";

    private static int end(String text) {
        char first = text.charAt(0);
        if (first == '"' || first == '\'') {
            int close = text.indexOf(first, 1);
            if (close < 0 || text.startsWith(String.valueOf(first).repeat(3))) {
                throw new IllegalArgumentException("a text in quotation marks must end on its line");
            }
            String behind = text.substring(close + 1).strip();
            if (!behind.isEmpty() && !behind.startsWith(",") && !behind.startsWith("#")) {
                throw new IllegalArgumentException("behind a text in quotation marks stands '" + behind + "'");
            }
            return close + 1;
        }
        int end = 0;
        while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != '#') {
            end++;
        }
        return end;
    }

    private static String unquoted(String item) {
        if (item.isEmpty()) {
            return NOTHING;
        }
        char first = item.charAt(0);
        return first == '"' || first == '\'' ? item.substring(1, item.length() - 1) : item;
    }
}

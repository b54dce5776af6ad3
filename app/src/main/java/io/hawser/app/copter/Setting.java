package io.hawser.app.copter;

import io.hawser.core.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an option of a copter is set to. Everything is text, as in the file that the copter keeps; its program makes numbers of it.
 *
 * @param list true for a list, which may have one item or none
 * @param items the items; one if it is no list
 */
public record Setting(boolean list, List<String> items) {
    /** A setting with a copy of {@code items}. */
    public Setting {
        items = List.copyOf(items);
    }

    /** One text. */
    public static Setting of(String text) {
        return new Setting(false, List.of(text));
    }

    /** What a copter says. */
    static Setting of(Value said) {
        return said instanceof Value.Sequence many
                ? new Setting(true, many.values().stream().map(Setting::text).toList())
                : of(text(said));
    }

    /** As Python would write it. */
    private static String text(Value value) {
        if (value instanceof Value.Str text) {
            return text.value();
        }
        if (value instanceof Value.Bool flag) {
            return flag.value() ? "True" : "False";
        }
        return value instanceof Value.Null ? "None" : value.toString();
    }

    /** What a copter is told. */
    Value value() {
        return list ? new Value.Sequence(items.stream().<Value>map(Value::of).toList()) : Value.of(items.get(0));
    }

    /** True if a copter that is told {@code other} may say this. */
    public boolean means(Setting other) {
        if (list != other.list || items.size() != other.items.size()) {
            return false;
        }
        for (int i = 0; i < items.size(); i++) {
            if (!same(items.get(i), other.items.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(String one, String other) {
        if (one.equals(other) || (yes(one) && yes(other)) || (no(one) && no(other))) {
            return true;
        }
        return number(one) && number(other) && Double.parseDouble(one) == Double.parseDouble(other);
    }

    private static boolean yes(String text) {
        return text.toLowerCase(Locale.ROOT).matches("true|yes|on|1");
    }

    private static boolean no(String text) {
        return text.toLowerCase(Locale.ROOT).matches("false|no|off|0");
    }

    /** True if it is a number as Python reads it. */
    static boolean number(String text) {
        return text.matches("[-+]?([0-9]{1,15}([.][0-9]{0,15})?|[.][0-9]{1,15})(e[-+]?[0-9]{1,2})?");
    }

    /** As it stands in a file. */
    @Override
    public String toString() {
        return list && items.size() < 2
                ? items.stream().map(item -> quoted(item) + ",").findFirst().orElse(",")
                : items.stream().map(Setting::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty() && text.strip().equals(text) && !text.matches("(?s).*[,#\"'\\n].*");
        if (plain) {
            return text;
        }
        return text.contains("\"") ? "'" + text + "'" : '"' + text + '"';
    }
}

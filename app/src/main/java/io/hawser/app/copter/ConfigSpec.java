package io.hawser.app.copter;

import io.hawser.core.value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stand in a copter's configuration, as the copter itself says it: for each option a kind with bounds, such as
 * {@code integer(default=25000, min=1)}. A copter that is told anything else does nothing, and says nothing.
 */
public final class ConfigSpec {
    private static final Pattern KIND = Pattern.compile("\\s*(\\w+)\\s*(?:\\((.*)\\))?\\s*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("(?<![=\\w])\\s*['\"]([^'\"]*)['\"]");

    private final CopterConfig kinds;

    private ConfigSpec(CopterConfig kinds) {
        this.kinds = kinds;
    }

    /** What a copter answers; empty if it says nothing about it. */
    public static ConfigSpec of(Fields said) {
        return new ConfigSpec(CopterConfig.of(said));
    }

    /**
     * What is wrong with {@code wanted}, sentences; none if nothing is.
     *
     * @param now what the copter has: options that are there already are known
     */
    public List<String> problems(CopterConfig wanted, CopterConfig now) {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<ConfigKey, Setting> each : wanted.options().entrySet()) {
            Optional<Setting> kind = kinds.find(each.getKey());
            if (kind.isPresent()) {
                objection(String.join(",", kind.get().items()), each.getValue())
                        .ifPresent(wrong -> problems.add(each.getKey() + " " + wrong));
            } else if (!kinds.options().isEmpty() && now.find(each.getKey()).isEmpty()) {
                problems.add(unknown(each.getKey()));
            }
        }
        return problems;
    }

    private String unknown(ConfigKey key) {
        List<String> siblings = kinds.options().keySet().stream()
                .filter(known -> known.section().equals(key.section()))
                .map(ConfigKey::name)
                .toList();
        if (siblings.isEmpty()) {
            return "the copter knows no section " + String.join(".", key.section()) + "; it knows "
                    + String.join(
                            ", ",
                            kinds.options().keySet().stream()
                                    .map(known -> String.join(".", known.section()))
                                    .filter(section -> !section.isEmpty())
                                    .distinct()
                                    .toList());
        }
        return "the copter knows no " + key + "; there it knows " + String.join(", ", siblings);
    }

    private static Optional<String> objection(String spec, Setting setting) {
        Matcher kind = KIND.matcher(spec);
        if (!kind.matches()) {
            return Optional.empty();
        }
        String arguments = kind.group(2) == null ? "" : kind.group(2);
        return switch (kind.group(1)) {
            case "integer" ->
                single(setting, "[-+]?[0-9]{1,15}", "must be a whole number")
                        .or(() -> bounds(setting.items().get(0), arguments));
            case "float" -> number(setting).or(() -> bounds(setting.items().get(0), arguments));
            case "boolean" -> single(setting, "(?i)true|false|yes|no|on|off|1|0", "must be True or False");
            case "string" -> text(setting, arguments);
            case "float_list" -> numbers(setting, arguments);
            case "option" -> choice(setting, arguments);
            default -> Optional.empty();
        };
    }

    private static Optional<String> single(Setting setting, String pattern, String wanted) {
        boolean good = !setting.list() && setting.items().get(0).matches(pattern);
        return good ? Optional.empty() : Optional.of(wanted + ", not " + setting);
    }

    private static Optional<String> number(Setting setting) {
        boolean good = !setting.list() && Setting.number(setting.items().get(0));
        return good ? Optional.empty() : Optional.of("must be a number, not " + setting);
    }

    private static Optional<String> text(Setting setting, String arguments) {
        if (setting.list()) {
            return Optional.of("must be a text; put it in quotation marks if it holds a comma");
        }
        int length = setting.items().get(0).length();
        return outside(length, arguments).map(bound -> "must have " + bound + " characters");
    }

    private static Optional<String> numbers(Setting setting, String arguments) {
        if (!setting.list() || !setting.items().stream().allMatch(Setting::number)) {
            return Optional.of("must be numbers with commas between, not " + setting);
        }
        return outside(setting.items().size(), arguments).map(bound -> "must have " + bound + " numbers");
    }

    private static Optional<String> choice(Setting setting, String arguments) {
        List<String> choices =
                QUOTED.matcher(arguments).results().map(found -> found.group(1)).toList();
        return choices.isEmpty()
                        || (!setting.list() && choices.contains(setting.items().get(0)))
                ? Optional.empty()
                : Optional.of("must be one of " + String.join(", ", choices) + ", not " + setting);
    }

    private static Optional<String> bounds(String number, String arguments) {
        return outside(Double.parseDouble(number), arguments).map(bound -> "must be " + bound + ", not " + number);
    }

    /** The bound that {@code number} breaks. */
    private static Optional<String> outside(double number, String arguments) {
        Optional<String> least = bound(arguments, "min").filter(min -> number < Double.parseDouble(min));
        Optional<String> most = bound(arguments, "max").filter(max -> number > Double.parseDouble(max));
        return least.map(min -> "at least " + min).or(() -> most.map(max -> "at most " + max));
    }

    private static Optional<String> bound(String arguments, String name) {
        Matcher found =
                Pattern.compile("\\b" + name + "\\s*=\\s*([-+]?[0-9.]+)").matcher(arguments);
        return found.find() && Setting.number(found.group(1)) ? Optional.of(found.group(1)) : Optional.empty();
    }
}

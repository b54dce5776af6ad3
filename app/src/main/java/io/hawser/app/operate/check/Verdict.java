package io.hawser.app.operate.check;

import io.hawser.app.text.JsonText;
import io.hawser.app.text.SafeText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a check came to. Immutable.
 *
 * @param check which one
 * @param level how bad it is
 * @param text why, for people
 * @param figures what was measured, by name with its unit
 */
record Verdict(String check, Level level, String text, Map<String, Double> figures) {
    Verdict {
        figures = Map.copyOf(figures);
    }

    /** How bad it is; the codes are those of Nagios plugins. */
    enum Level {
        OK(0),
        WARNING(1),
        CRITICAL(2),
        UNKNOWN(3);

        private final int code;

        Level(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** How it is told. */
    enum Form {
        /** A line and its figures, as Nagios plugins say it. */
        NAGIOS {
            @Override
            List<String> lines(Verdict verdict) {
                String figures = verdict.sorted().entrySet().stream()
                        .map(each -> each.getKey() + "=" + number(each.getValue()))
                        .collect(Collectors.joining(" "));
                return List.of(verdict.level + " " + verdict.check + ": " + SafeText.of(verdict.text)
                        + (figures.isEmpty() ? "" : " | " + figures));
            }
        },
        /** Samples for a text file collector of Prometheus. */
        PROMETHEUS {
            @Override
            List<String> lines(Verdict verdict) {
                List<String> lines = new ArrayList<>();
                lines.add("hawser_check_status{check=\"" + verdict.check + "\"} " + verdict.level.code());
                verdict.sorted()
                        .forEach((name, value) -> lines.add(
                                "hawser_check_" + name + "{check=\"" + verdict.check + "\"} " + number(value)));
                return lines;
            }
        },
        /** One JSON object. */
        JSON {
            @Override
            List<String> lines(Verdict verdict) {
                Fields.Builder row = Fields.builder()
                        .put("check", verdict.check)
                        .put("status", verdict.level.name().toLowerCase(Locale.ROOT))
                        .put("text", verdict.text);
                verdict.sorted().forEach((name, value) -> row.put(name, Value.of(value)));
                return List.of(JsonText.write(row.build()));
            }
        };

        abstract List<String> lines(Verdict verdict);

        private static String number(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }
    }

    private Map<String, Double> sorted() {
        return new TreeMap<>(figures);
    }

    /** Judges {@code value} of the figure {@code name}: worse from {@code warning} on, worst from {@code critical} on. */
    static Verdict above(String check, String name, double value, double warning, double critical) {
        Level level = value >= critical ? Level.CRITICAL : value >= warning ? Level.WARNING : Level.OK;
        String limits = level == Level.OK ? "" : ", from " + Form.number(warning) + " on is too much";
        return new Verdict(check, level, name + " is " + Form.number(value) + limits, Map.of(name, value));
    }
}

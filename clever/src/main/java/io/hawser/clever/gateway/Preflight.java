package io.hawser.clever.gateway;

import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a copter may take off, by what it says of itself ({@code specs/clever.md} 2.5, 2.7). Pure.
 *
 * @param copter its id
 * @param problems why not, sentences; none if it may
 */
public record Preflight(String copter, List<String> problems) {
    /** What a copter says of itself is forgotten after so long. */
    private static final long FRESH_MILLIS = 5_000;

    /** A judgement with a copy of {@code problems}. */
    public Preflight {
        problems = List.copyOf(problems);
    }

    /**
     * What a copter must be like; the defaults are the original's.
     *
     * @param batteryPercent the least that its battery must hold
     * @param startDistance how far from the start of its animation it may stand, in metres
     * @param clock by how much its clock may be off
     */
    public record Limits(int batteryPercent, double startDistance, Duration clock) {
        /** As the original's server. */
        public static final Limits DEFAULT = new Limits(50, 1.0, Duration.ofSeconds(1));
    }

    /** Looks at each of {@code copters} at {@code now}, in milliseconds since 1970-01-01T00:00Z. */
    static List<Preflight> of(List<Copter> copters, Limits limits, long now) {
        String version = usualVersion(copters);
        return copters.stream()
                .map(copter -> new Preflight(copter.id(), problems(copter, limits, version, now)))
                .toList();
    }

    private static List<String> problems(Copter copter, Limits limits, String version, long now) {
        List<String> problems = new ArrayList<>();
        if (!copter.online()) {
            return List.of("it is offline");
        }
        if (copter.telemetryAt() == 0 || now - copter.telemetryAt() > FRESH_MILLIS) {
            return List.of("it has said nothing of itself for " + FRESH_MILLIS / 1_000 + " s");
        }
        battery(copter, limits, problems);
        clock(copter, limits, problems);
        position(copter, limits, problems);
        said(copter, "selfcheck", "OK", problems);
        said(copter, "calibration_status", "OK", problems);
        said(copter, "fcu_status", "STANDBY", problems);
        String own = text(copter, "git_version");
        if (!own.equals(version)) {
            problems.add("it runs version " + own + ", others " + version);
        }
        if (text(copter, "mode").contains("CMODE")) {
            problems.add("its mode is " + text(copter, "mode"));
        }
        List<Value> animation = list(copter, "animation_info");
        if (animation.size() < 2 || !animation.get(1).equals(Value.of("OK"))) {
            problems.add("its animation is not OK" + (animation.size() < 2 ? "" : ": " + plain(animation.get(1))));
        }
        return problems;
    }

    private static void battery(Copter copter, Limits limits, List<String> problems) {
        List<Value> battery = list(copter, "battery");
        double fraction = battery.size() < 2 ? Double.NaN : number(battery.get(1));
        if (Double.isNaN(fraction)) {
            problems.add("its battery is not known");
        } else if (fraction * 100 < limits.batteryPercent()) {
            problems.add(String.format(
                    Locale.ROOT,
                    "its battery holds %.0f %%, and %d are wanted",
                    fraction * 100,
                    limits.batteryPercent()));
        }
    }

    private static void clock(Copter copter, Limits limits, List<String> problems) {
        double limit = limits.clock().toNanos() / 1e9;
        double offset = copter.clockOffset().orElse(Double.NaN);
        if (Double.isNaN(offset)) {
            problems.add("its clock is not known");
        } else if (Math.abs(offset) > limit) {
            problems.add(String.format(Locale.ROOT, "its clock is off by %.3f s, and %.3f are allowed", offset, limit));
        }
    }

    private static void position(Copter copter, Limits limits, List<String> problems) {
        List<Value> here = list(copter, "current_position");
        List<Value> start = list(copter, "start_position");
        double distance = here.size() < 3 || start.size() < 3
                ? Double.NaN
                : Math.hypot(number(here.get(0)) - number(start.get(0)), number(here.get(1)) - number(start.get(1)));
        if (Double.isNaN(distance)) {
            problems.add("its position, or where it shall start, is not known");
        } else if (distance > limits.startDistance()) {
            problems.add(String.format(
                    Locale.ROOT,
                    "it stands %.2f m from where it shall start, and %.2f are allowed",
                    distance,
                    limits.startDistance()));
        }
    }

    private static void said(Copter copter, String field, String good, List<String> problems) {
        Value value = copter.telemetry().find(field);
        if (value == null || value == Value.Null.NULL) {
            problems.add("it does not say its " + field);
        } else if (!value.equals(Value.of(good))) {
            problems.add("its " + field + " is " + plain(value));
        }
    }

    private static String usualVersion(List<Copter> copters) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        copters.stream()
                .filter(Copter::online)
                .forEach(copter -> counts.merge(text(copter, "git_version"), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private static String text(Copter copter, String field) {
        return copter.telemetry().string(field).orElse("unknown");
    }

    private static List<Value> list(Copter copter, String field) {
        return copter.telemetry().find(field) instanceof Value.Sequence list ? list.values() : List.of();
    }

    private static double number(Value value) {
        if (value instanceof Value.Real real) {
            return real.value();
        }
        return value instanceof Value.Int whole ? (double) whole.value() : Double.NaN;
    }

    private static String plain(Value value) {
        return value instanceof Value.Str text ? text.value() : value.toString();
    }
}

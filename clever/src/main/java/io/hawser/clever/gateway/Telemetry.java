package io.hawser.clever.gateway;

import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.message.Topic;
import io.hawser.core.message.Wording;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What copters say of themselves ({@code specs/clever.md} 2.5), with a field for each thing. Pure. What a copter does not know (null,
 * NaN, {@code NO_POS}) is absent; what the table of the protocol does not know keeps its name.
 *
 * <pre>
 *   battery [12.2, 0.81]                         battery_volts 12.2, battery_fraction 0.81
 *   current_position [1.2, -0.5, 0.1, 90, "map"] x, y, z (m), yaw (degrees), frame
 *   start_position [0, 0, 1, 0, "fly", 0.2]      start_x, start_y, start_z, start_yaw, start_action, start_delay (s)
 *   animation_info ["basic", "OK"]               animation_id, animation_state
 *   selfcheck "OK" or ["WAIT_ROS", ...]          selfcheck, as one string: "WAIT_ROS; ..."
 *   time_delta 1795223540.5                      copter_time (s since 1970), for that is what it is
 *   armed, mode, fcu_status, ...                 under these names
 * </pre>
 */
public final class Telemetry implements Wording {
    /** What copters call it. */
    static final String ACTION = "telemetry";

    private static final String VALUE = "value";
    private static final TopicPattern TOPICS = TopicPattern.parse("clever/*/says/" + ACTION);
    /** What is written of a number that nobody knows. */
    private static final String UNKNOWN = "nan";

    private static final Map<String, List<String>> PARTS = Map.of(
            "battery", List.of("battery_volts", "battery_fraction"),
            "current_position", List.of("x", "y", "z", "yaw", "frame"),
            "start_position", List.of("start_x", "start_y", "start_z", "start_yaw", "start_action", "start_delay"),
            "animation_info", List.of("animation_id", "animation_state"),
            "time_delta", List.of("copter_time"));

    /** {@code kwargs} of the action with a field for each thing; as they are, if they hold none. */
    static Fields spread(Fields kwargs) {
        if (!(kwargs.find(VALUE) instanceof Value.Nested said)) {
            return kwargs;
        }
        Fields.Builder spread = Fields.builder();
        Fields things = said.fields();
        for (int i = 0; i < things.size(); i++) {
            List<String> names = PARTS.get(things.name(i));
            Value thing = things.value(i);
            if (names == null) {
                put(spread, things.name(i), joined(thing));
            } else if (names.size() == 1) {
                put(spread, names.get(0), thing);
            } else if (thing instanceof Value.Sequence list) {
                for (int part = 0; part < Math.min(names.size(), list.values().size()); part++) {
                    put(spread, names.get(part), list.values().get(part));
                }
            }
        }
        return spread.build();
    }

    private static void put(Fields.Builder fields, String name, Value value) {
        boolean unknown =
                value.kind() == Value.Kind.NULL || (value instanceof Value.Real real && Double.isNaN(real.value()));
        if (!unknown) {
            fields.put(
                    name, value instanceof Value.Int whole && numeric(name) ? Value.of((double) whole.value()) : value);
        }
    }

    /** Python says 1 for 1.0 where it may: each of these has one type on the bus. */
    private static boolean numeric(String name) {
        return PARTS.values().stream().anyMatch(names -> names.contains(name));
    }

    /** A list of texts as one text; everything else as it is. */
    private static Value joined(Value value) {
        if (!(value instanceof Value.Sequence list)
                || !list.values().stream().allMatch(each -> each instanceof Value.Str)) {
            return value;
        }
        return Value.of(String.join(
                "; ",
                list.values().stream().map(each -> ((Value.Str) each).value()).toList()));
    }

    /** {@code COPTER TELEMETRY mode armed volts fraction x y z yaw}, with {@code nan} or {@code -} for what is not known. */
    @Override
    public Optional<String> text(Message message) {
        String topic = message.topic().text();
        if (!TOPICS.matches(topic) || message.fields().has(VALUE)) {
            return Optional.empty();
        }
        Fields fields = message.fields();
        return Optional.of(String.join(
                " ",
                word(Topic.name(TOPICS.standsFor(1, topic))),
                "TELEMETRY",
                word(fields.string("mode").orElse("-")),
                fields.get("armed")
                        .map(armed -> armed.equals(Value.of(true)) ? "1" : "0")
                        .orElse("-"),
                number(fields, "battery_volts"),
                number(fields, "battery_fraction"),
                number(fields, "x"),
                number(fields, "y"),
                number(fields, "z"),
                number(fields, "yaw")));
    }

    private static String number(Fields fields, String name) {
        return fields.get(name)
                .filter(value -> value.kind() == Value.Kind.DOUBLE)
                .map(Value::toString)
                .orElse(UNKNOWN);
    }

    private static String word(String text) {
        return text.isEmpty() ? "-" : text.replaceAll("[\\s\\p{Cntrl}]", "_");
    }
}

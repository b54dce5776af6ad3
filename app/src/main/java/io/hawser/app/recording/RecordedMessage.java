package io.hawser.app.recording;

import io.hawser.app.text.JsonText;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a recording: a message, and when it came.
 *
 * <pre>{@code
 * {"n":1,"at":0.250317,"time":"2026-11-22T10:00:00Z","topic":"robot/7","from":"eftl:gcs","fields":{"x":1.5},"types":{}}
 * }</pre>
 *
 * <p>The fields are JSON that any tool reads; what JSON cannot tell is in {@code types}, where a path such as {@code /pose/taken}
 * says {@code datetime}, {@code opaque} (base64) or {@code double} (NaN and the infinities).
 *
 * @param number the how-manieth it is, from 1
 * @param at when it came, since the recording began, by a clock that nobody sets
 * @param time when it came onto the bus
 * @param topic where it was published
 * @param from who published it
 * @param fields what it says
 */
record RecordedMessage(long number, Duration at, Instant time, String topic, String from, Fields fields) {
    private static final String DATETIME = "datetime";
    private static final String OPAQUE = "opaque";
    private static final String DOUBLE = "double";

    /** The line, without its end. */
    String line() {
        Fields.Builder types = Fields.builder();
        untold("", fields, types);
        return String.format(
                Locale.ROOT,
                "{\"n\":%d,\"at\":%d.%06d,\"time\":\"%s\",\"topic\":%s,\"from\":%s,\"fields\":%s,\"types\":%s}",
                number,
                at.toSeconds(),
                at.toNanosPart() / 1_000,
                time,
                JsonText.quote(topic),
                JsonText.quote(from),
                JsonText.write(fields),
                JsonText.write(types.build()));
    }

    /**
     * The message of a line.
     *
     * @throws IllegalArgumentException with a text for the user if it is none
     */
    static RecordedMessage read(String line) {
        Fields said = JsonText.read(line);
        String topic = said.string("topic").orElseThrow(() -> lacks("topic"));
        new Topic(topic);
        if (!(said.find("fields") instanceof Value.Nested fields)) {
            throw lacks("fields");
        }
        Fields types = said.find("types") instanceof Value.Nested known ? known.fields() : Fields.EMPTY;
        return new RecordedMessage(
                said.find("n") instanceof Value.Int n ? n.value() : 0,
                at(said.find("at")),
                instant(said.string("time").orElseThrow(() -> lacks("time"))),
                topic,
                said.string("from").orElse("-"),
                types.isEmpty() ? fields.fields() : typed("", fields.fields(), types));
    }

    private static IllegalArgumentException lacks(String name) {
        return new IllegalArgumentException("no line of a recording: it lacks \"" + name + "\"");
    }

    private static Duration at(@Nullable Value value) {
        double seconds = value instanceof Value.Real real
                ? real.value()
                : value instanceof Value.Int whole ? whole.value() : Double.NaN;
        if (!(seconds >= 0 && seconds < 1e9)) {
            throw new IllegalArgumentException("no line of a recording: \"at\" must be seconds since it began");
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "no line of a recording: \"time\" must be as 2026-11-22T10:00:00Z", wrong);
        }
    }

    // ---- what JSON cannot tell

    private static void untold(String path, Fields fields, Fields.Builder types) {
        for (int i = 0; i < fields.size(); i++) {
            untold(path + '/' + escaped(fields.name(i)), fields.value(i), types);
        }
    }

    private static void untold(String path, Value value, Fields.Builder types) {
        if (value instanceof Value.DateTime) {
            types.put(path, DATETIME);
        } else if (value instanceof Value.Opaque) {
            types.put(path, OPAQUE);
        } else if (value instanceof Value.Real real && !Double.isFinite(real.value())) {
            types.put(path, DOUBLE);
        } else if (value instanceof Value.Nested message) {
            untold(path, message.fields(), types);
        } else if (value instanceof Value.Sequence list) {
            for (int i = 0; i < list.values().size(); i++) {
                untold(path + '/' + i, list.values().get(i), types);
            }
        }
    }

    private static Fields typed(String path, Fields fields, Fields types) {
        Fields.Builder typed = Fields.builder();
        for (int i = 0; i < fields.size(); i++) {
            typed.put(fields.name(i), typed(path + '/' + escaped(fields.name(i)), fields.value(i), types));
        }
        return typed.build();
    }

    private static Value typed(String path, Value value, Fields types) {
        if (value instanceof Value.Nested message) {
            return new Value.Nested(typed(path, message.fields(), types));
        }
        if (value instanceof Value.Sequence list) {
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < list.values().size(); i++) {
                values.add(typed(path + '/' + i, list.values().get(i), types));
            }
            return new Value.Sequence(values);
        }
        String type = types.string(path).orElse("");
        return value instanceof Value.Str text && !type.isEmpty() ? typed(path, text.value(), type) : value;
    }

    private static Value typed(String path, String text, String type) {
        try {
            return switch (type) {
                case DATETIME -> new Value.DateTime(Instant.parse(text).toEpochMilli());
                case OPAQUE -> new Value.Opaque(Base64.getDecoder().decode(text));
                case DOUBLE -> Value.of(Double.parseDouble(text));
                default -> throw new IllegalArgumentException("there is no such type");
            };
        } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException wrong) {
            throw new IllegalArgumentException("the field " + path + " is no " + type, wrong);
        }
    }

    /** As in a JSON pointer (RFC 6901). */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}

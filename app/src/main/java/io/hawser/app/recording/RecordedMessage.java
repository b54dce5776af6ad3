package io.hawser.app.recording;

import io.hawser.app.text.JsonText;
import io.hawser.app.text.JsonTypes;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
    /** The line, without its end. */
    String line() {
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
                JsonText.write(JsonTypes.of(fields)));
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
                types.isEmpty() ? fields.fields() : JsonTypes.typed(fields.fields(), types));
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
}

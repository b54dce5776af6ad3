package io.hawser.app.text;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What JSON cannot tell of fields: a path such as {@code /pose/taken} says {@code datetime}, {@code opaque} (base64) or
 * {@code double} (NaN and the infinities).
 */
public final class JsonTypes {
    private static final String DATETIME = "datetime";
    private static final String OPAQUE = "opaque";
    private static final String DOUBLE = "double";

    private JsonTypes() {}

    /** The type of each value of {@code fields} that is a text in JSON and is none, by its path. */
    public static Fields of(Fields fields) {
        Fields.Builder types = Fields.builder();
        untold("", fields, types);
        return types.build();
    }

    /**
     * What {@code fields}, read from JSON, were, of the {@code types} that {@link #of} told.
     *
     * @throws IllegalArgumentException with a text for the user if one of them is not of its type
     */
    public static Fields typed(Fields fields, Fields types) {
        return typed("", fields, types);
    }

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

package io.hawser.ivy.gateway;

import io.hawser.core.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Of which type a field is that a pattern takes out of a text.
 *
 * @param field its name
 * @param kind string, long, double or bool
 */
public record FieldType(String field, Value.Kind kind) {
    private static final Map<String, Value.Kind> KINDS = Map.of(
            "string", Value.Kind.STRING, "long", Value.Kind.LONG, "double", Value.Kind.DOUBLE, "bool", Value.Kind.BOOL);

    /**
     * Reads {@code lat double}.
     *
     * @throws IllegalArgumentException with a text for the user that says what is wrong
     */
    public static FieldType parse(String line) {
        String[] words = line.strip().split("\\s+", 3);
        Value.Kind kind = words.length == 2 ? KINDS.get(words[1]) : null;
        if (kind == null) {
            throw new IllegalArgumentException(
                    "must be the name of a group and string, long, double or bool, such as 'lat double'");
        }
        return new FieldType(words[0], kind);
    }

    /** {@code text} as a value of this type; empty if it is none. */
    Optional<Value> read(String text) {
        try {
            return switch (kind) {
                case LONG -> Optional.of(Value.of(Long.parseLong(text)));
                case DOUBLE -> Optional.of(Value.of(Double.parseDouble(text)));
                case BOOL -> bool(text);
                case STRING, DATETIME, OPAQUE, MESSAGE, LIST, NULL -> Optional.of(Value.of(text));
            };
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static Optional<Value> bool(String text) {
        return switch (text) {
            case "true", "1" -> Optional.of(Value.of(true));
            case "false", "0" -> Optional.of(Value.of(false));
            default -> Optional.empty();
        };
    }
}

package io.hawser.iot.model;

import io.hawser.core.value.Value;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What programs say and hear in Java, by type of the model ({@code specs/iot.md} 3.7):
 *
 * <pre>
 *   NUMBER     any Number, heard as Double       BOOLEAN    Boolean
 *   INTEGER    any integral Number, as Long      DATETIME   Instant or milliseconds, as Instant
 *   STRING     String                            URI        URI
 * </pre>
 */
public final class JavaValues {
    private JavaValues() {}

    /**
     * {@code given} for {@code name}, which is of {@code type}; nothing if it is not a number at all (NaN), which the originals
     * ignore.
     *
     * @throws IllegalArgumentException if it is of another type
     */
    public static Optional<Value> from(String name, ValueType type, Object given) {
        boolean nothing = given instanceof Number number && Double.isNaN(number.doubleValue());
        if (nothing && type.numeric()) {
            return Optional.empty();
        }
        return Optional.of(of(type, given)
                .orElseThrow(() -> new IllegalArgumentException(name + " must be of type " + type + ", and is a "
                        + given.getClass().getSimpleName() + ": " + given)));
    }

    private static Optional<Value> of(ValueType type, Object given) {
        return switch (type) {
            case NUMBER -> number(given);
            case INTEGER -> integer(given);
            case STRING -> given instanceof String text ? Optional.of(Value.of(text)) : Optional.empty();
            case BOOLEAN ->
                given instanceof Boolean truth ? Optional.of(Value.of(truth.booleanValue())) : Optional.empty();
            case DATETIME -> time(given);
            case URI -> uri(given);
        };
    }

    private static Optional<Value> uri(Object given) {
        return given instanceof URI ? Optional.of(Value.of(given.toString())) : Optional.empty();
    }

    private static Optional<Value> number(Object given) {
        return given instanceof Number number && Double.isFinite(number.doubleValue())
                ? Optional.of(Value.of(number.doubleValue()))
                : Optional.empty();
    }

    private static Optional<Value> integer(Object given) {
        boolean integral =
                given instanceof Long || given instanceof Integer || given instanceof Short || given instanceof Byte;
        return integral ? Optional.of(Value.of(((Number) given).longValue())) : Optional.empty();
    }

    private static Optional<Value> time(Object given) {
        if (given instanceof Instant instant) {
            return Optional.of(new Value.DateTime(instant.toEpochMilli()));
        }
        return given instanceof Long millis ? Optional.of(new Value.DateTime(millis)) : Optional.empty();
    }

    /**
     * {@code value}, which fits {@code type}, for a program.
     *
     * @throws IllegalArgumentException if the text of a URI is none
     */
    public static Object to(ValueType type, Value value) {
        return switch (value.kind()) {
            case STRING -> {
                String text = ((Value.Str) value).value();
                yield type == ValueType.URI ? URI.create(text) : text;
            }
            case LONG -> ((Value.Int) value).value();
            case DOUBLE -> ((Value.Real) value).value();
            case BOOL -> ((Value.Bool) value).value();
            case DATETIME -> Instant.ofEpochMilli(((Value.DateTime) value).epochMillis());
            case OPAQUE, MESSAGE, LIST, NULL -> throw new IllegalArgumentException("no value of a device: " + value);
        };
    }
}

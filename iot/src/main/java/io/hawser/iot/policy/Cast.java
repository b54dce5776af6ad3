package io.hawser.iot.policy;

import io.hawser.core.value.Value;
import io.hawser.iot.model.ValueType;
import java.util.Optional;

/** Brings what functions and formulas come to nearer to the types of a model. */
final class Cast {
    private Cast() {}

    /** {@code value} rounded where {@code type} has integers alone, and true unless it is 0 where that is a bool; else as it is. */
    static Value toward(ValueType type, Value value) {
        if (!(value instanceof Value.Real real) || !Double.isFinite(real.value())) {
            return value;
        }
        return switch (type) {
            case INTEGER, DATETIME -> Value.of(Math.round(real.value()));
            case BOOLEAN -> Value.of(real.value() != 0);
            case NUMBER, STRING, URI -> value;
        };
    }

    /** The finite number that {@code value} is; a datetime is its milliseconds. */
    static Optional<Double> number(Value value) {
        return switch (value.kind()) {
            case LONG -> Optional.of((double) ((Value.Int) value).value());
            case DATETIME -> Optional.of((double) ((Value.DateTime) value).epochMillis());
            case DOUBLE -> Optional.of(((Value.Real) value).value()).filter(number -> Double.isFinite(number));
            case STRING, BOOL, OPAQUE, MESSAGE, LIST, NULL -> Optional.empty();
        };
    }
}

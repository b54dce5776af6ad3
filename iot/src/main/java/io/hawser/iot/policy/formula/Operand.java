package io.hawser.iot.policy.formula;

import io.hawser.core.value.Value;
import java.util.Optional;

/** Values as formulas know them: doubles and strings, nothing else ({@code specs/iot.md} 4.3). */
final class Operand {
    static final Value ONE = Value.of(1.0);
    static final Value ZERO = Value.of(0.0);
    /** What has no value. */
    static final Value UNKNOWN = Value.of(Double.NaN);

    private Operand() {}

    /** An attribute's value: a bool is 1 or 0, a datetime its milliseconds; what is no value, or cannot be one, is NaN. */
    static Value of(Optional<Value> attribute) {
        if (attribute.isEmpty()) {
            return UNKNOWN;
        }
        Value value = attribute.get();
        return switch (value.kind()) {
            case STRING, DOUBLE -> value;
            case LONG -> Value.of((double) ((Value.Int) value).value());
            case BOOL -> value == Value.Bool.TRUE ? ONE : ZERO;
            case DATETIME -> Value.of((double) ((Value.DateTime) value).epochMillis());
            case OPAQUE, MESSAGE, LIST, NULL -> UNKNOWN;
        };
    }

    /** NaN for a string. */
    static double number(Value operand) {
        return operand instanceof Value.Real real ? real.value() : Double.NaN;
    }
}

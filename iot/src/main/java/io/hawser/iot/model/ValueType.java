package io.hawser.iot.model;

import io.hawser.core.value.Value;
import java.util.Locale;

/** What types of value a device model knows ({@code specs/iot.md} 1.6). */
public enum ValueType {
    /** A double on the bus, whether or not it has a fraction. */
    NUMBER,
    /** A long on the bus. */
    INTEGER,
    /** A string. */
    STRING,
    /** A bool; protocols without this kind say 0 or 1, which are taken too. */
    BOOLEAN,
    /** A datetime on the bus, its milliseconds since 1970 on the wire. */
    DATETIME,
    /** A string that names something elsewhere. */
    URI;

    private static final double LONGS = 0x1p63;

    /**
     * {@code value} as a value of this type, whether it comes from JSON or from the bus.
     *
     * @throws ModelException if it is none, without saying where
     */
    public Value fit(Value value) throws ModelException {
        return switch (this) {
            case NUMBER -> number(value);
            case INTEGER -> Value.of(integer(value));
            case STRING, URI -> text(value);
            case BOOLEAN -> truth(value);
            case DATETIME -> value instanceof Value.DateTime time ? time : new Value.DateTime(integer(value));
        };
    }

    /** True if values of this type have a size, so that a range makes sense. */
    public boolean numeric() {
        return this == NUMBER || this == INTEGER;
    }

    private Value number(Value value) throws ModelException {
        if (value instanceof Value.Int number) {
            return Value.of((double) number.value());
        }
        if (value instanceof Value.Real number && Double.isFinite(number.value())) {
            return number;
        }
        throw misfit(value);
    }

    private long integer(Value value) throws ModelException {
        if (value instanceof Value.Int number) {
            return number.value();
        }
        if (value instanceof Value.Real number
                && number.value() == Math.rint(number.value())
                && Math.abs(number.value()) < LONGS) {
            return (long) number.value();
        }
        throw misfit(value);
    }

    private Value text(Value value) throws ModelException {
        if (value instanceof Value.Str) {
            return value;
        }
        throw misfit(value);
    }

    private Value truth(Value value) throws ModelException {
        if (value instanceof Value.Bool) {
            return value;
        }
        if (value instanceof Value.Int number && (number.value() == 0 || number.value() == 1)) {
            return Value.of(number.value() == 1);
        }
        throw misfit(value);
    }

    private ModelException misfit(Value value) {
        String kind = value.kind().name().toLowerCase(Locale.ROOT);
        String said = value instanceof Value.Real || value instanceof Value.Int ? kind + " " + value : kind;
        return ModelException.of("must be of type " + this + ", and is a " + said);
    }
}

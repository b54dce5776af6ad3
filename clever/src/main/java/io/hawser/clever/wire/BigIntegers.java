package io.hawser.clever.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Integers beyond 64 bits, which Python has and {@link Value} has not: the message {@code {"_int_": "digits"}}, which goes
 * onto the wire as the bare number it came from.
 */
public final class BigIntegers {
    private static final String NAME = "_int_";
    private static final int LONG_BITS = 63;

    private BigIntegers() {}

    /** The value that stands for {@code number}: a long if it is one. */
    public static Value of(BigInteger number) {
        return number.bitLength() <= LONG_BITS
                ? Value.of(number.longValue())
                : new Value.Nested(Fields.of(NAME, Value.of(number.toString())));
    }

    /** The integer that {@code value} stands for, if it is one, of whatever size. */
    public static Optional<BigInteger> in(Value value) {
        if (value instanceof Value.Int small) {
            return Optional.of(BigInteger.valueOf(small.value()));
        }
        return value instanceof Value.Nested nested ? digits(nested.fields()).map(BigInteger::new) : Optional.empty();
    }

    /** The digits of an integer beyond 64 bits, if that is what {@code fields} stand for. */
    static Optional<String> digits(Fields fields) {
        if (fields.size() != 1 || !fields.name(0).equals(NAME)) {
            return Optional.empty();
        }
        return fields.string(NAME)
                .filter(text -> text.matches("-?[1-9]\\d{18,}"))
                .filter(text -> new BigInteger(text).bitLength() > LONG_BITS);
    }
}

package io.hawser.iot.model;

import io.hawser.core.value.Value;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The numbers that an attribute or an argument may have, both ends included ({@code specs/iot.md} 1.6). Kept as decimals, so that
 * it is said as it was written.
 */
public record Range(BigDecimal low, BigDecimal high) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,100}(\\.\\d{1,100})?([eE][+-]?\\d{1,3})?");

    /** Checked: the low end is not above the high one. */
    public Range {
        if (low.compareTo(high) > 0) {
            throw new IllegalArgumentException(low + " is above " + high);
        }
    }

    /** The range that {@code text} says, {@code 0,100}; nothing if it says none. */
    static Optional<Range> parse(String text) {
        int comma = text.indexOf(',');
        if (comma < 0) {
            return Optional.empty();
        }
        String low = text.substring(0, comma).strip();
        String high = text.substring(comma + 1).strip();
        if (!NUMBER.matcher(low).matches() || !NUMBER.matcher(high).matches()) {
            return Optional.empty();
        }
        BigDecimal from = new BigDecimal(low);
        BigDecimal to = new BigDecimal(high);
        return from.compareTo(to) > 0 ? Optional.empty() : Optional.of(new Range(from, to));
    }

    /** True if the number {@code value} is not outside; what is no finite number is. */
    public boolean holds(Value value) {
        if (value instanceof Value.Int number) {
            return holds(BigDecimal.valueOf(number.value()));
        }
        return value instanceof Value.Real number
                && Double.isFinite(number.value())
                && holds(BigDecimal.valueOf(number.value()));
    }

    private boolean holds(BigDecimal number) {
        return low.compareTo(number) <= 0 && number.compareTo(high) <= 0;
    }

    /** As a model says it: {@code 0,100}. */
    @Override
    public String toString() {
        return low + "," + high;
    }
}

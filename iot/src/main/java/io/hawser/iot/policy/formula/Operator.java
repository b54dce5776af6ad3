package io.hawser.iot.policy.formula;

import io.hawser.core.value.Value;
import io.hawser.iot.wire.operator.Like;
import java.util.function.IntPredicate;

/**
 * What stands between two operands ({@code specs/iot.md} 4.3). A number that is none (NaN) stands for a value that nobody knows:
 *
 * <pre>
 *   OR      NaN counts as false; but NaN on the left of a number gives 1
 *   AND     with NaN gives 0
 *   order   NaN on the left gives 0, whatever is on the right; a number on the left of NaN gives 1
 *   = !=    NaN on the left gives 0; a number is not equal to NaN; what is of different types is not equal
 *   LIKE    gives 0 unless both are strings
 *   + - *   give NaN where a number is none, or where there is a string; only + joins two strings
 * </pre>
 *
 * As operands of OR and AND, 0 and strings are false.
 */
enum Operator {
    OR("OR", 0),
    AND("AND", 0),
    EQUAL("=", 1),
    UNEQUAL("!=", 1),
    LESS("<", 1),
    AT_MOST("<=", 1),
    MORE(">", 1),
    AT_LEAST(">=", 1),
    LIKE("LIKE", 1),
    PLUS("+", 2),
    MINUS("-", 2),
    TIMES("*", 3),
    DIVIDED("/", 3),
    REMAINDER("%", 3);

    /** How many levels of precedence there are; operators of a higher level bind closer. */
    static final int LEVELS = 4;

    /** No longer string can be sent ({@code specs/iot.md} 1.7.1), so none is made. */
    private static final int MOST_CHARS = 65_535;

    private final String symbol;
    private final int level;

    Operator(String symbol, int level) {
        this.symbol = symbol;
        this.level = level;
    }

    String symbol() {
        return symbol;
    }

    int level() {
        return level;
    }

    Value apply(Value a, Value b) {
        return switch (this) {
            case OR -> truth(unknown(a) ? !unknown(b) : is(a) || is(b));
            case AND -> truth(is(a) && is(b));
            case EQUAL -> truth(equal(a, b));
            case UNEQUAL -> truth(!unknown(a) && !equal(a, b));
            case LESS -> truth(ordered(a, b, order -> order < 0));
            case AT_MOST -> truth(ordered(a, b, order -> order <= 0));
            case MORE -> truth(ordered(a, b, order -> order > 0));
            case AT_LEAST -> truth(ordered(a, b, order -> order >= 0));
            case LIKE -> truth(like(a, b));
            case PLUS -> plus(a, b);
            case MINUS -> Value.of(Operand.number(a) - Operand.number(b));
            case TIMES -> Value.of(Operand.number(a) * Operand.number(b));
            case DIVIDED -> Value.of(Operand.number(a) / Operand.number(b));
            case REMAINDER -> Value.of(Operand.number(a) % Operand.number(b));
        };
    }

    private static Value truth(boolean truth) {
        return truth ? Operand.ONE : Operand.ZERO;
    }

    private static boolean is(Value operand) {
        double number = Operand.number(operand);
        return !Double.isNaN(number) && number != 0;
    }

    private static boolean unknown(Value operand) {
        return operand instanceof Value.Real real && Double.isNaN(real.value());
    }

    /** Not the equality of objects: 0 equals -0, and NaN nothing. */
    private static boolean equal(Value a, Value b) {
        if (a instanceof Value.Real one && b instanceof Value.Real other) {
            return one.value() == other.value();
        }
        return a.equals(b);
    }

    private static boolean ordered(Value a, Value b, IntPredicate right) {
        if (a instanceof Value.Str one && b instanceof Value.Str other) {
            return right.test(one.value().compareTo(other.value()));
        }
        if (unknown(a) || unknown(b)) {
            return a instanceof Value.Real && !unknown(a);
        }
        return a instanceof Value.Real one
                && b instanceof Value.Real other
                && right.test(one.value() == other.value() ? 0 : Double.compare(one.value(), other.value()));
    }

    private static boolean like(Value a, Value b) {
        return a instanceof Value.Str text
                && b instanceof Value.Str pattern
                && Like.matches(text.value(), pattern.value());
    }

    private static Value plus(Value a, Value b) {
        if (a instanceof Value.Str one && b instanceof Value.Str other) {
            return one.value().length() + other.value().length() > MOST_CHARS
                    ? Operand.UNKNOWN
                    : Value.of(one.value() + other.value());
        }
        return Value.of(Operand.number(a) + Operand.number(b));
    }
}

package io.hawser.iot.wire.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.operator.Filter.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Compares values as filters do: numbers by size whatever their kind, datetimes by their milliseconds, strings by their characters. */
final class Comparison {
    private Comparison() {}

    /** All that {@code name} leads to in {@code thing}; a null is nothing. */
    static List<Value> values(Fields thing, String name) {
        List<Value> found = new ArrayList<>();
        collect(new Value.Nested(thing), name, found);
        return found;
    }

    private static void collect(Value value, String name, List<Value> found) {
        if (value instanceof Value.Sequence list) {
            list.values().forEach(each -> collect(each, name, found));
        } else if (name.isEmpty()) {
            if (value != Value.Null.NULL) {
                found.add(value);
            }
        } else if (value instanceof Value.Nested nested) {
            Fields fields = nested.fields();
            if (fields.has(name)) {
                collect(fields.get(name).orElseThrow(), "", found);
                return;
            }
            int dot = name.indexOf('.');
            if (dot > 0) {
                fields.get(name.substring(0, dot)).ifPresent(inner -> collect(inner, name.substring(dot + 1), found));
            }
        }
    }

    static boolean holds(List<Value> values, Operator operator, Value operand) {
        return switch (operator) {
            case EQ -> equal(values, operand);
            case NE -> !equal(values, operand);
            case GT -> any(values, operand, order -> order > 0);
            case GTE -> any(values, operand, order -> order >= 0);
            case LT -> any(values, operand, order -> order < 0);
            case LTE -> any(values, operand, order -> order <= 0);
            case IN ->
                operand instanceof Value.Sequence list && list.values().stream().anyMatch(each -> equal(values, each));
            case LIKE ->
                operand instanceof Value.Str pattern
                        && values.stream()
                                .anyMatch(each ->
                                        each instanceof Value.Str text && Like.matches(text.value(), pattern.value()));
            case EXISTS -> operand == Value.Bool.of(!values.isEmpty());
        };
    }

    private static boolean equal(List<Value> values, Value operand) {
        if (operand == Value.Null.NULL) {
            return values.isEmpty();
        }
        return values.contains(operand) || any(values, operand, order -> order == 0);
    }

    private static boolean any(List<Value> values, Value operand, IntPredicate right) {
        return values.stream().anyMatch(each -> {
            OptionalInt order = order(each, operand);
            return order.isPresent() && right.test(order.getAsInt());
        });
    }

    /** Nothing if they cannot be compared. */
    private static OptionalInt order(Value one, Value other) {
        if (one instanceof Value.Str text && other instanceof Value.Str than) {
            return OptionalInt.of(text.value().compareTo(than.value()));
        }
        if (one instanceof Value.Int number && other instanceof Value.Int than) {
            return OptionalInt.of(Long.compare(number.value(), than.value()));
        }
        return numeric(one) && numeric(other)
                ? OptionalInt.of(decimal(one).compareTo(decimal(other)))
                : OptionalInt.empty();
    }

    private static boolean numeric(Value value) {
        return value instanceof Value.Int
                || value instanceof Value.DateTime
                || (value instanceof Value.Real real && Double.isFinite(real.value()));
    }

    private static BigDecimal decimal(Value number) {
        if (number instanceof Value.Int integer) {
            return BigDecimal.valueOf(integer.value());
        }
        return number instanceof Value.DateTime time
                ? BigDecimal.valueOf(time.epochMillis())
                : BigDecimal.valueOf(((Value.Real) number).value());
    }
}

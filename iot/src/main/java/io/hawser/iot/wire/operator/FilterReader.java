package io.hawser.iot.wire.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a filter ({@code specs/iot.md} 1.9). A name with a plain value means equality, as devices ask for policies; several names
 * or operators in one object must all hold.
 */
final class FilterReader {
    static final String AND = "$and";
    static final String OR = "$or";
    static final String NOT = "$not";

    private FilterReader() {}

    static Filter read(Value value, String place) throws ProtocolException {
        if (!(value instanceof Value.Nested nested)) {
            throw wrong(place, "is no object");
        }
        Fields fields = nested.fields();
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.name(i);
            String at = place + "." + ProtocolException.shown(name);
            switch (name) {
                case AND -> filters.add(new Filter.And(several(fields.value(i), at)));
                case OR -> filters.add(new Filter.Or(several(fields.value(i), at)));
                case NOT -> filters.add(new Filter.Not(read(fields.value(i), at)));
                default -> tests(name, fields.value(i), at, filters);
            }
        }
        return filters.size() == 1 ? filters.get(0) : new Filter.And(filters);
    }

    static Value list(List<Filter> filters) {
        return new Value.Sequence(filters.stream()
                .<Value>map(filter -> new Value.Nested(filter.fields()))
                .toList());
    }

    private static List<Filter> several(Value value, String place) throws ProtocolException {
        if (!(value instanceof Value.Sequence list) || list.values().isEmpty()) {
            throw wrong(place, "is no array with a filter in it");
        }
        List<Filter> filters = new ArrayList<>();
        for (Value each : list.values()) {
            filters.add(read(each, place + "[" + filters.size() + "]"));
        }
        return filters;
    }

    private static void tests(String name, Value value, String place, List<Filter> filters) throws ProtocolException {
        if (name.isEmpty() || name.startsWith("$")) {
            throw wrong(place, "is neither a name nor one of $and, $or, $not");
        }
        if (value instanceof Value.Nested nested) {
            Fields operators = nested.fields();
            if (operators.isEmpty()) {
                throw wrong(place, "has no operator");
            }
            for (int i = 0; i < operators.size(); i++) {
                filters.add(test(name, operators.name(i), operators.value(i), place));
            }
        } else if (value instanceof Value.Sequence) {
            throw wrong(place, "is an array; say {\"$in\": [...]}");
        } else {
            filters.add(new Filter.Test(name, Operator.EQ, value));
        }
    }

    private static Filter test(String name, String word, Value operand, String place) throws ProtocolException {
        Optional<Operator> operator = Stream.of(Operator.values())
                .filter(each -> each.word().equals(word))
                .findFirst();
        String at = place + "." + ProtocolException.shown(word);
        if (operator.isEmpty()) {
            throw wrong(
                    at,
                    "is no operator; there are "
                            + Stream.of(Operator.values()).map(Operator::word).collect(Collectors.joining(", ")));
        }
        switch (operator.get()) {
            case IN ->
                require(
                        operand instanceof Value.Sequence list
                                && list.values().stream().allMatch(FilterReader::scalar),
                        at,
                        "is no array of plain values");
            case LIKE -> require(operand instanceof Value.Str, at, "is no string");
            case EXISTS -> require(operand instanceof Value.Bool, at, "is neither true nor false");
            case EQ, NE -> require(scalar(operand) || operand == Value.Null.NULL, at, "is no plain value");
            case GT, GTE, LT, LTE ->
                require(scalar(operand) && !(operand instanceof Value.Bool), at, "is neither a number nor a string");
        }
        return new Filter.Test(name, operator.get(), operand);
    }

    private static boolean scalar(Value value) {
        return switch (value.kind()) {
            case STRING, LONG, DOUBLE, BOOL, DATETIME -> true;
            case OPAQUE, MESSAGE, LIST, NULL -> false;
        };
    }

    private static void require(boolean right, String place, String why) throws ProtocolException {
        if (!right) {
            throw wrong(place, why);
        }
    }

    private static ProtocolException wrong(String place, String why) {
        return ProtocolException.of(place + " " + why);
    }
}

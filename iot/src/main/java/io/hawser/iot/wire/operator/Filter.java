package io.hawser.iot.wire.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which things an operator wants to see: the query parameter {@code q} ({@code specs/iot.md} 1.9). A name may lead into objects
 * with dots, {@code deviceModels.urn}; in a list one element that matches is enough. Immutable.
 */
public sealed interface Filter {
    /** True if {@code thing}, as JSON says it, is wanted. */
    boolean matches(Fields thing);

    /** What this demands of its thing, as JSON. */
    Fields fields();

    /** Takes everything. */
    static Filter all() {
        return new And(List.of());
    }

    /** Takes what has {@code value} under {@code name}, which may lead into objects with dots. */
    static Filter equal(String name, Value value) {
        return new Test(name, Operator.EQ, value);
    }

    /** Takes what has {@code text} under {@code name}. */
    static Filter equal(String name, String text) {
        return equal(name, Value.of(text));
    }

    /**
     * The filter that {@code text} says.
     *
     * @throws ProtocolException says what is wrong, and where
     */
    static Filter parse(String text, Json json) throws ProtocolException {
        Value value;
        try {
            value = json.read(text);
        } catch (ProtocolException malformed) {
            throw ProtocolException.of("q cannot be read: " + malformed.reason());
        }
        return FilterReader.read(value, "q");
    }

    /** The one value that {@code name} must have, if this says so; by that a table can be asked for it at once. */
    default Optional<Value> only(String name) {
        return Optional.empty();
    }

    /** How a value is compared. */
    enum Operator {
        EQ,
        NE,
        GT,
        GTE,
        LT,
        LTE,
        IN,
        LIKE,
        EXISTS;

        /** As JSON says it: {@code $eq}. */
        String word() {
            return "$" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** All of them hold; none at all is no demand. */
    record And(List<Filter> filters) implements Filter {
        /** A conjunction of a copy. */
        public And {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean matches(Fields thing) {
            return filters.stream().allMatch(filter -> filter.matches(thing));
        }

        @Override
        public Fields fields() {
            return filters.isEmpty() ? Fields.EMPTY : Fields.of(FilterReader.AND, FilterReader.list(filters));
        }

        @Override
        public Optional<Value> only(String name) {
            return filters.stream()
                    .flatMap(filter -> filter.only(name).stream())
                    .findFirst();
        }
    }

    /** One of them holds. */
    record Or(List<Filter> filters) implements Filter {
        /** A disjunction of a copy. */
        public Or {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean matches(Fields thing) {
            return filters.stream().anyMatch(filter -> filter.matches(thing));
        }

        @Override
        public Fields fields() {
            return Fields.of(FilterReader.OR, FilterReader.list(filters));
        }
    }

    /** It does not hold. */
    record Not(Filter filter) implements Filter {
        @Override
        public boolean matches(Fields thing) {
            return !filter.matches(thing);
        }

        @Override
        public Fields fields() {
            return Fields.of(FilterReader.NOT, new Value.Nested(filter.fields()));
        }
    }

    /**
     * One comparison.
     *
     * @param name with dots into objects
     * @param operand a list for IN, a bool for EXISTS, a string for LIKE; null equals what is absent
     */
    record Test(String name, Operator operator, Value operand) implements Filter {
        @Override
        public boolean matches(Fields thing) {
            return Comparison.holds(Comparison.values(thing, name), operator, operand);
        }

        @Override
        public Fields fields() {
            return Fields.of(name, new Value.Nested(Fields.of(operator.word(), operand)));
        }

        @Override
        public Optional<Value> only(String wanted) {
            return operator == Operator.EQ && name.equals(wanted) ? Optional.of(operand) : Optional.empty();
        }
    }
}

package io.hawser.iot.policy.formula;

import io.hawser.core.value.Value;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A piece of a formula that has a value: a double or a string. Immutable; the family is closed. */
sealed interface Term {
    /** What it comes to, given the values of attributes. */
    Value value(Values values);

    /** Tells this term and all within it that are attributes. */
    default void attributes(Consumer<Term> heard) {}

    /** A number or a string. */
    record Constant(Value value) implements Term {
        @Override
        public Value value(Values values) {
            return value;
        }
    }

    /** {@code $(name)}. */
    record InProcess(String name) implements Term {
        @Override
        public Value value(Values values) {
            return Operand.of(values.inProcess(name));
        }

        @Override
        public void attributes(Consumer<Term> heard) {
            heard.accept(this);
        }
    }

    /** {@code $$(name)}. */
    record Current(String name) implements Term {
        @Override
        public Value value(Values values) {
            return Operand.of(values.current(name));
        }

        @Override
        public void attributes(Consumer<Term> heard) {
            heard.accept(this);
        }
    }

    /** What stands before or around one operand; what is of the wrong type gives NaN. */
    enum Function {
        PLUS,
        MINUS,
        /** 0 if the operand is exactly 1, else 1. */
        NOT,
        UPPER,
        LOWER;

        Value apply(Value operand) {
            return switch (this) {
                case PLUS -> Value.of(Operand.number(operand));
                case MINUS -> Value.of(-Operand.number(operand));
                case NOT -> Operand.number(operand) == 1 ? Operand.ZERO : Operand.ONE;
                case UPPER -> text(operand, text -> text.toUpperCase(Locale.ROOT));
                case LOWER -> text(operand, text -> text.toLowerCase(Locale.ROOT));
            };
        }

        private static Value text(Value operand, UnaryOperator<String> change) {
            return operand instanceof Value.Str text ? Value.of(change.apply(text.value())) : Operand.UNKNOWN;
        }
    }

    /** A sign, NOT, or a call. */
    record Applied(Function function, Term operand) implements Term {
        @Override
        public Value value(Values values) {
            return function.apply(operand.value(values));
        }

        @Override
        public void attributes(Consumer<Term> heard) {
            operand.attributes(heard);
        }
    }

    /** An operator between two operands. */
    record Binary(Operator operator, Term left, Term right) implements Term {
        @Override
        public Value value(Values values) {
            return operator.apply(left.value(values), right.value(values));
        }

        @Override
        public void attributes(Consumer<Term> heard) {
            left.attributes(heard);
            right.attributes(heard);
        }
    }

    /** {@code condition ? then : otherwise}; the condition holds only if it is exactly 1. */
    record Choice(Term condition, Term then, Term otherwise) implements Term {
        @Override
        public Value value(Values values) {
            return Operand.number(condition.value(values)) == 1 ? then.value(values) : otherwise.value(values);
        }

        @Override
        public void attributes(Consumer<Term> heard) {
            condition.attributes(heard);
            then.attributes(heard);
            otherwise.attributes(heard);
        }
    }
}

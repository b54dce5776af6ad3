package io.hawser.iot.policy.rule;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.policy.formula.Formula;
import io.hawser.iot.policy.formula.FormulaException;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The members of one JSON object in a policy, read by type. What is wrong names the place. Null is absent. */
final class Parameters {
    private final Fields fields;
    private final String place;
    private final PolicyLimits limits;

    /** The members of {@code fields}; {@code place} ends so that a name can follow: {@code "pipelines[0]."}. */
    Parameters(Fields fields, String place, PolicyLimits limits) {
        this.fields = fields;
        this.place = place;
        this.limits = limits;
    }

    PolicyLimits limits() {
        return limits;
    }

    List<String> names() {
        return fields.names();
    }

    PolicyException wrong(String name, String why) {
        return PolicyException.of(place + ProtocolException.shown(name) + " " + why);
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    String text(String name) throws PolicyException {
        return optionalText(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    Optional<String> optionalText(String name) throws PolicyException {
        Optional<Value> value = find(name);
        if (value.isPresent() && !(value.get() instanceof Value.Str)) {
            throw wrong(name, "is no string");
        }
        return value.map(each -> ((Value.Str) each).value());
    }

    boolean truth(String name, boolean otherwise) throws PolicyException {
        Optional<Value> value = find(name);
        if (value.isPresent() && !(value.get() instanceof Value.Bool)) {
            throw wrong(name, "is neither true nor false");
        }
        return value.map(each -> each == Value.Bool.TRUE).orElse(otherwise);
    }

    boolean isText(String name) {
        return find(name).filter(Value.Str.class::isInstance).isPresent();
    }

    OptionalLong optionalInteger(String name) throws PolicyException {
        Optional<Value> value = find(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.get() instanceof Value.Int number) {
            return OptionalLong.of(number.value());
        }
        if (value.get() instanceof Value.Real number
                && number.value() == Math.rint(number.value())
                && Math.abs(number.value()) < Long.MAX_VALUE) {
            return OptionalLong.of((long) number.value());
        }
        throw wrong(name, "is no integer");
    }

    /** An integer that must be there and within the bounds, both included. */
    long integer(String name, long least, long most) throws PolicyException {
        OptionalLong number = optionalInteger(name);
        if (number.isEmpty()) {
            throw wrong(name, "is missing");
        }
        if (number.getAsLong() < least || number.getAsLong() > most) {
            throw wrong(name, "must be within " + least + " and " + most + ", and is " + number.getAsLong());
        }
        return number.getAsLong();
    }

    /** One of the words of an enum. What follows a parenthesis is for people. */
    <E extends Enum<E>> E word(String name, E[] words, E otherwise) throws PolicyException {
        Optional<String> text = optionalText(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        String plain =
                text.get().split("\\(", 2)[0].strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (E word : words) {
            if (word.name().equals(plain)) {
                return word;
            }
        }
        throw wrong(
                name, "is '" + ProtocolException.shown(text.get()) + "', which is none of " + Arrays.toString(words));
    }

    Formula formula(String name) throws PolicyException {
        return formula(name, text(name));
    }

    private Formula formula(String name, String text) throws PolicyException {
        try {
            return Formula.parse(text, limits.formula());
        } catch (FormulaException noFormula) {
            throw wrong(name, "is no formula " + noFormula.reason());
        }
    }

    /** The formulas of the array {@code name}; none if it is absent. */
    List<Formula> formulas(String name) throws PolicyException {
        List<Formula> formulas = new ArrayList<>();
        for (Value each : list(name)) {
            String at = name + "[" + formulas.size() + "]";
            if (!(each instanceof Value.Str text)) {
                throw wrong(at, "is no string");
            }
            formulas.add(formula(at, text.value()));
        }
        return formulas;
    }

    /** The members of the object {@code name}, none if it is absent. */
    Parameters object(String name) throws PolicyException {
        return object(name, find(name).orElse(new Value.Nested(Fields.EMPTY)));
    }

    /** The objects of the array {@code name}; none if it is absent. */
    List<Parameters> objects(String name) throws PolicyException {
        List<Parameters> objects = new ArrayList<>();
        for (Value each : list(name)) {
            objects.add(object(name + "[" + objects.size() + "]", each));
        }
        return objects;
    }

    private Parameters object(String name, Value value) throws PolicyException {
        if (value instanceof Value.Nested nested) {
            return new Parameters(nested.fields(), place + name + ".", limits);
        }
        throw wrong(name, "is no object");
    }

    private List<Value> list(String name) throws PolicyException {
        Optional<Value> value = find(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof Value.Sequence list) {
            return list.values();
        }
        throw wrong(name, "is no array");
    }

    private Optional<Value> find(String name) {
        return fields.get(name).filter(value -> value != Value.Null.NULL);
    }
}

package io.hawser.iot.policy.formula;

import io.hawser.core.value.Value;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A formula of a device policy, {@code $(temperature) > 30 AND $$(door) = "open"} ({@code specs/iot.md} 4.3). Immutable,
 * thread-safe. What its operators make of values that nobody knows is told in {@link Operator}.
 */
public final class Formula {
    private final String text;
    private final Term term;
    private final Set<String> inProcess;
    private final Set<String> attributes;

    private Formula(String text, Term term) {
        this.text = text;
        this.term = term;
        Set<String> travelling = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        term.attributes(attribute -> {
            if (attribute instanceof Term.InProcess named) {
                travelling.add(named.name());
                all.add(named.name());
            } else if (attribute instanceof Term.Current named) {
                all.add(named.name());
            }
        });
        this.inProcess = Set.copyOf(travelling);
        this.attributes = Collections.unmodifiableSet(all);
    }

    /**
     * The formula that {@code text} says.
     *
     * @throws FormulaException tells where it is wrong, and what is expected there
     */
    public static Formula parse(String text) throws FormulaException {
        return parse(text, FormulaLimits.DEFAULT);
    }

    /** As {@link #parse(String)}, with other limits. */
    public static Formula parse(String text, FormulaLimits limits) throws FormulaException {
        return new Formula(text, FormulaReader.read(text, limits));
    }

    /** What it comes to: a double, NaN if it depends on what nobody knows, or a string. */
    public Value value(Values values) {
        return term.value(values);
    }

    /** What it comes to as a number; NaN if that is a string. */
    public double number(Values values) {
        return Operand.number(value(values));
    }

    /** The attributes that stand in it as {@code $(name)}. */
    public Set<String> inProcess() {
        return inProcess;
    }

    /** All attributes that stand in it, either way, in order. */
    public Set<String> attributes() {
        return attributes;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** Formulas are equal if they are written alike. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Formula that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}

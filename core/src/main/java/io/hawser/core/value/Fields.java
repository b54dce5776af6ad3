package io.hawser.core.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Ordered names with a value each; a name stands once. Immutable.
 *
 * <p>Two fields are equal when they hold the same names with equal values, in whatever order: several originals do not
 * keep the order on the wire ({@code specs/eftl.md} 1.8).
 */
public final class Fields {
    /** No fields at all. */
    public static final Fields EMPTY = new Fields(new String[0], new Value[0]);

    /** Up to this many fields a walk over the names is faster than a hash table. */
    private static final int WALK = 12;

    private final String[] names;
    private final Value[] values;
    private final Map<String, Integer> index;

    private Fields(String[] names, Value[] values) {
        this.names = names;
        this.values = values;
        this.index = names.length > WALK ? index(names) : Map.of();
    }

    /** One field. */
    public static Fields of(String name, Value value) {
        return new Fields(new String[] {name}, new Value[] {value});
    }

    /** A builder without fields. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with these fields. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        for (int i = 0; i < names.length; i++) {
            builder.put(names[i], values[i]);
        }
        return builder;
    }

    /** How many fields there are. */
    public int size() {
        return names.length;
    }

    /** True if there is no field. */
    public boolean isEmpty() {
        return names.length == 0;
    }

    /** The name at {@code position}, from 0. */
    public String name(int position) {
        return names[position];
    }

    /** The value at {@code position}, from 0. */
    public Value value(int position) {
        return values[position];
    }

    /** The names in order. */
    public List<String> names() {
        return List.of(names);
    }

    /** The value of {@code name}, if there is such a field. */
    public Optional<Value> get(String name) {
        return Optional.ofNullable(find(name));
    }

    /** True if there is a field {@code name}, whatever its value. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** The value of {@code name} as text, if there is such a field and it is a string. */
    public Optional<String> string(String name) {
        return find(name) instanceof Value.Str text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The value of {@code name}, null if there is none: {@link #get} without the wrapper, for hot paths. */
    public @Nullable Value find(String name) {
        if (names.length > WALK) {
            Integer at = index.get(name);
            return at == null ? null : values[at];
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Fields that) || names.length != that.names.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!Objects.equals(values[i], that.find(names[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < names.length; i++) {
            hash += names[i].hashCode() ^ values[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringJoiner joiner = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < names.length; i++) {
            joiner.add(names[i] + "=" + values[i]);
        }
        return joiner.toString();
    }

    private static Map<String, Integer> index(String[] names) {
        Map<String, Integer> index = new HashMap<>(names.length * 2);
        for (int i = 0; i < names.length; i++) {
            index.put(names[i], i);
        }
        return index;
    }

    /** Collects fields; a name that comes again replaces the value and keeps its first place. Not thread-safe. */
    public static final class Builder {
        private final List<String> names = new ArrayList<>(8);
        private final List<Value> values = new ArrayList<>(8);
        private @Nullable Map<String, Integer> index;

        private Builder() {}

        /** Sets {@code name} to {@code value}. */
        public Builder put(String name, Value value) {
            int at = find(name);
            if (at >= 0) {
                values.set(at, value);
                return this;
            }
            names.add(name);
            values.add(value);
            if (index != null) {
                index.put(name, names.size() - 1);
            }
            return this;
        }

        /** Sets {@code name} to a string. */
        public Builder put(String name, String value) {
            return put(name, Value.of(value));
        }

        /** Sets {@code name} to a long. */
        public Builder put(String name, long value) {
            return put(name, Value.of(value));
        }

        /** Sets {@code name} to a double. */
        public Builder put(String name, double value) {
            return put(name, Value.of(value));
        }

        /** True if {@code name} is set. */
        public boolean has(String name) {
            return find(name) >= 0;
        }

        /** The fields so far. */
        public Fields build() {
            return names.isEmpty() ? EMPTY : new Fields(names.toArray(String[]::new), values.toArray(Value[]::new));
        }

        private int find(String name) {
            if (names.size() <= WALK) {
                return names.indexOf(name);
            }
            if (index == null) {
                index = Fields.index(names.toArray(String[]::new));
            }
            return index.getOrDefault(name, -1);
        }
    }
}

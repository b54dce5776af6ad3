package io.hawser.core.match;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;

/**
 * Which fields somebody wants: every predicate must hold ({@code specs/eftl.md} 1.16). No predicates match all.
 *
 * @param predicates what must hold; a field name stands at most once
 */
public record ContentMatcher(List<Predicate> predicates) {
    /** Matches every message. */
    public static final ContentMatcher ALL = new ContentMatcher(List.of());

    /** A matcher with a copy of {@code predicates}. */
    public ContentMatcher {
        predicates = List.copyOf(predicates);
    }

    /** One thing that must hold of one field. */
    public sealed interface Predicate {
        /** The field it is about. */
        String name();

        /** True if it holds of {@code fields}. */
        boolean holds(Fields fields);
    }

    /**
     * The field is present, of the same kind, and equal. A long never equals a double.
     *
     * @param name the field
     * @param value a string or a long
     */
    public record Equal(String name, Value value) implements Predicate {
        @Override
        public boolean holds(Fields fields) {
            return value.equals(fields.find(name));
        }
    }

    /** The field is present, whatever its value. */
    public record Present(String name) implements Predicate {
        @Override
        public boolean holds(Fields fields) {
            return fields.has(name);
        }
    }

    /** The field is absent. */
    public record Absent(String name) implements Predicate {
        @Override
        public boolean holds(Fields fields) {
            return !fields.has(name);
        }
    }

    /** True if every predicate holds of {@code fields}. */
    public boolean matches(Fields fields) {
        for (int i = 0; i < predicates.size(); i++) {
            if (!predicates.get(i).holds(fields)) {
                return false;
            }
        }
        return true;
    }
}

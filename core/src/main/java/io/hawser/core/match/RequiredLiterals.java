package io.hawser.core.match;

import java.util.List;

/**
 * What every match of a pattern must contain: of each clause one literal, where the next clause's literal stands behind it.
 *
 * @param clauses in the order of the pattern; none if nothing is known
 */
record RequiredLiterals(List<Clause> clauses) {
    /** Nothing is required. */
    static final RequiredLiterals NONE = new RequiredLiterals(List.of());

    RequiredLiterals {
        clauses = List.copyOf(clauses);
    }

    /** Any one of {@code literals}, of which there is at least one. */
    record Clause(List<Literal> literals) {
        Clause {
            literals = List.copyOf(literals);
        }

        /** Where the literal of this clause that ends first may end, if it starts at {@code from} or later; -1 if there is none. */
        private int end(String text, int from) {
            int end = -1;
            for (int i = 0; i < literals.size(); i++) {
                int found = literals.get(i).end(text, from);
                end = found >= 0 && (end < 0 || found < end) ? found : end;
            }
            return end;
        }
    }

    /**
     * Chars that stand together.
     *
     * @param text at least one char
     * @param atStart true if they must be the text's first
     */
    record Literal(String text, boolean atStart) {
        private int end(String in, int from) {
            int start = atStart ? in.startsWith(text) ? 0 : -1 : in.indexOf(text, from);
            return start < 0 ? -1 : start + text.length();
        }
    }

    /** False if {@code text} cannot match. */
    boolean allows(String text) {
        int at = 0;
        for (int i = 0; i < clauses.size() && at >= 0; i++) {
            at = clauses.get(i).end(text, at);
        }
        return at >= 0;
    }
}

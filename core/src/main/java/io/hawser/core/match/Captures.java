package io.hawser.core.match;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the groups of a regexp captured in one text, in the order of their parentheses. Immutable. */
public final class Captures {
    /** The captures of a regexp without groups. */
    public static final Captures EMPTY = new Captures(Map.of(), new String[0]);

    private final Map<String, Integer> positions;
    private final String[] groups;

    /** The captures {@code groups}, which nobody else keeps; {@code positions} says which of them have a name. */
    Captures(Map<String, Integer> positions, String[] groups) {
        this.positions = positions;
        this.groups = groups;
    }

    /** How many groups the regexp has. */
    public int size() {
        return groups.length;
    }

    /** What group {@code position} captured, from 0; empty if it took no part ({@code specs/ivy.md} 1.6). */
    public String get(int position) {
        return groups[position];
    }

    /** What the group of that name captured, if there is one. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(positions.get(name)).map(position -> groups[position]);
    }

    /** All captures in order. */
    public List<String> asList() {
        return List.of(groups);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Captures that && Arrays.equals(groups, that.groups);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(groups);
    }

    @Override
    public String toString() {
        return Arrays.toString(groups);
    }
}

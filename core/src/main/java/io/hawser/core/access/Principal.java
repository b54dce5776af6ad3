package io.hawser.core.access;

import java.util.Set;

/**
 * Who somebody is for access rules, whatever protocol it speaks.
 *
 * @param name the user's name; parties of protocols without users have the name of their gateway
 * @param groups the groups that the user is in
 */
public record Principal(String name, Set<String> groups) {
    /** Whoever gave no name where nobody must. */
    public static final Principal ANONYMOUS = new Principal("anonymous");

    /** Somebody with a copy of {@code groups}. */
    public Principal {
        groups = Set.copyOf(groups);
    }

    /** Somebody in no group. */
    public Principal(String name) {
        this(name, Set.of());
    }
}

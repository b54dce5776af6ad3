package io.hawser.app.access;

import io.hawser.core.access.Principal;
import java.util.Set;

/**
 * Somebody who may log in.
 *
 * @param name the user name
 * @param password what is kept of the password
 * @param groups the groups it is in
 */
public record User(String name, PasswordHash password, Set<String> groups) {
    /** A user with a copy of {@code groups}. */
    public User {
        groups = Set.copyOf(groups);
    }

    /** True if somebody may be called {@code text}: it cannot be taken for a gateway, a group, everybody or nobody. */
    public static boolean isName(String text) {
        return text.matches("[A-Za-z0-9._-]{1,64}") && !text.equals(Principal.ANONYMOUS.name());
    }
}

package io.hawser.app.access;

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
}

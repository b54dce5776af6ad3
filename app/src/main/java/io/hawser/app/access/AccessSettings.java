package io.hawser.app.access;

import io.hawser.core.access.Rule;
import java.util.List;

/**
 * Who may log in, and who may do what.
 *
 * @param users who may log in; empty: everybody may, and is whom it says it is
 * @param rules what is allowed; what no rule allows is denied
 */
public record AccessSettings(List<User> users, List<Rule> rules) {
    /** Settings with copies of the lists. */
    public AccessSettings {
        users = List.copyOf(users);
        rules = List.copyOf(rules);
    }
}

package io.hawser.app.access;

import io.hawser.core.access.Rule;
import java.util.List;

/**
 * Who may log in, and who may do what.
 *
 * @param users who may log in; without users and tokens everybody may, and is whom it says it is
 * @param tokens what lets somebody in instead of a user and its password
 * @param rules what is allowed; what no rule allows is denied
 */
public record AccessSettings(List<User> users, List<Token> tokens, List<Rule> rules) {
    /** Settings with copies of the lists. */
    public AccessSettings {
        users = List.copyOf(users);
        tokens = List.copyOf(tokens);
        rules = List.copyOf(rules);
    }

    /** True if everybody may log in. */
    public boolean open() {
        return users.isEmpty() && tokens.isEmpty();
    }
}

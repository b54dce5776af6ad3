package io.hawser.app.access;

import io.hawser.core.access.Rule;
import java.util.List;
import java.util.Optional;

/**
 * Who may log in, and who may do what.
 *
 * @param users who may log in; without users and tokens everybody may, and is whom it says it is
 * @param tokens what lets somebody in instead of a user and its password
 * @param rules what is allowed; what no rule allows is denied
 * @param certificates what of a client's certificate is its name; empty: nobody is let in by one
 * @param jwt whose JWTs let somebody in; empty: nobody's
 */
public record AccessSettings(
        List<User> users,
        List<Token> tokens,
        List<Rule> rules,
        Optional<CertificateName> certificates,
        Optional<JwtSettings> jwt) {
    /** Settings with copies of the lists. */
    public AccessSettings {
        users = List.copyOf(users);
        tokens = List.copyOf(tokens);
        rules = List.copyOf(rules);
    }

    /** Settings by which passwords and tokens alone let somebody in. */
    public AccessSettings(List<User> users, List<Token> tokens, List<Rule> rules) {
        this(users, tokens, rules, Optional.empty(), Optional.empty());
    }

    /** True if everybody may log in. */
    public boolean open() {
        return users.isEmpty() && tokens.isEmpty() && certificates.isEmpty() && jwt.isEmpty();
    }
}

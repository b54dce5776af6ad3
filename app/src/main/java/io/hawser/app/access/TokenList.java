package io.hawser.app.access;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Admission.Validity;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.Principal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lets in who shows a token of a list: as the password of the user {@code $token}, or without a user, so that every client
 * can. Whoever says a user is another authenticator's business.
 */
public final class TokenList implements Authenticator {
    /** The user under which a token is shown. */
    public static final String USER = "$token";

    private final Standing standing;
    private final InstantSource clock;
    private final Authenticator users;

    /** Lets in those who show one of the tokens that hold before it expires by {@code clock}, and whom {@code users} lets in. */
    public TokenList(Standing standing, InstantSource clock, Authenticator users) {
        this.standing = standing;
        this.clock = clock;
        this.users = users;
    }

    /** True if {@code credentials} are those of somebody who shows a token. */
    static boolean shown(Credentials credentials) {
        return credentials.user().equals(USER)
                || (credentials.user().isEmpty() && !credentials.secret().isEmpty());
    }

    @Override
    public CompletableFuture<Admission> authenticate(Credentials credentials) {
        return shown(credentials) ? check(Token.digest(credentials.secret())) : users.authenticate(credentials);
    }

    private CompletableFuture<Admission> check(String digest) {
        return good(digest)
                .map(token -> CompletableFuture.completedFuture(new Admission(
                        new Principal(token.principal(), token.groups()), true, () -> validity(token, digest))))
                .orElseGet(() -> CompletableFuture.failedFuture(new AccessException("unknown or expired token")));
    }

    private Optional<Token> good(String digest) {
        return standing.token(digest)
                .filter(token -> token.expires().map(clock.instant()::isBefore).orElse(true));
    }

    private Validity validity(Token shown, String digest) {
        Optional<Token> now = good(digest);
        boolean same = now.filter(token -> token.principal().equals(shown.principal())
                        && token.groups().equals(shown.groups()))
                .isPresent();
        return same ? Validity.GOOD : now.isPresent() ? Validity.CHANGED : Validity.ENDED;
    }
}

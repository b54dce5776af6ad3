package io.hawser.app.access;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Lets in who shows a token of a list: as the password of the user {@code $token}, or without a user, so that every client
 * can. Whoever says a user is another authenticator's business.
 */
public final class TokenList implements Authenticator {
    /** The user under which a token is shown. */
    public static final String USER = "$token";

    private final List<Token> tokens;
    private final InstantSource clock;
    private final Authenticator users;

    /** Lets in those who show one of {@code tokens} before it expires by {@code clock}, and whom {@code users} lets in. */
    public TokenList(List<Token> tokens, InstantSource clock, Authenticator users) {
        this.tokens = List.copyOf(tokens);
        this.clock = clock;
        this.users = users;
    }

    @Override
    public CompletableFuture<Principal> authenticate(Credentials credentials) {
        boolean shown = credentials.user().equals(USER)
                || (credentials.user().isEmpty() && !credentials.secret().isEmpty());
        return shown ? check(Token.digest(credentials.secret())) : users.authenticate(credentials);
    }

    /** Looks at every token, so that nobody learns from the time it takes which one is near. */
    private CompletableFuture<Principal> check(String digest) {
        Instant now = clock.instant();
        CompletableFuture<Principal> found =
                CompletableFuture.failedFuture(new AccessException("unknown or expired token"));
        for (Token token : tokens) {
            boolean valid = token.expires().map(now::isBefore).orElse(true);
            if (token.has(digest) && valid) {
                found = CompletableFuture.completedFuture(new Principal(token.principal(), token.groups()));
            }
        }
        return found;
    }
}

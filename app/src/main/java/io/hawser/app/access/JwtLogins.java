package io.hawser.app.access;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Admission.Validity;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets in who shows a JWT of the issuer that is believed, where a token is shown: as the password of the user {@code $token}, or
 * without a user. Any other secret is another authenticator's business.
 */
public final class JwtLogins implements Authenticator {
    private final Standing standing;
    private final Executor verifying;
    private final InstantSource clock;
    private final Authenticator others;

    /**
     * Lets in by JWTs as {@code standing} says, until they expire by {@code clock}, and whom {@code others} let in.
     *
     * @param verifying checks signatures; throws {@link RejectedExecutionException} when too much waits
     */
    public JwtLogins(Standing standing, Executor verifying, InstantSource clock, Authenticator others) {
        this.standing = standing;
        this.verifying = verifying;
        this.clock = clock;
        this.others = others;
    }

    @Override
    public CompletableFuture<Admission> authenticate(Credentials credentials) {
        Optional<JwtSettings> settings = standing.settings().jwt();
        if (settings.isEmpty() || !TokenList.shown(credentials) || !Jwt.looksLike(credentials.secret())) {
            return others.authenticate(credentials);
        }
        try {
            Jwt token = Jwt.read(credentials.secret(), settings.get(), clock.instant());
            return CompletableFuture.supplyAsync(
                    () -> new Admission(token.verified(), true, () -> validity(token, settings.get())), verifying);
        } catch (AccessException refused) {
            return CompletableFuture.failedFuture(refused);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(
                    new RejectedExecutionException("too many logins at once; try again in some seconds", full));
        }
    }

    /** It is good as long as it lasts, and its issuer and key are believed. */
    private Validity validity(Jwt token, JwtSettings then) {
        boolean believed = standing.settings()
                .jwt()
                .filter(now -> now.issuer().equals(then.issuer())
                        && now.audience().equals(then.audience())
                        && now.keys().contains(token.key())
                        && now.algorithms().contains(token.algorithm()))
                .isPresent();
        return believed && clock.instant().isBefore(token.end()) ? Validity.GOOD : Validity.ENDED;
    }
}

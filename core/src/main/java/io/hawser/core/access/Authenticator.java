package io.hawser.core.access;

import java.util.concurrent.CompletableFuture;

/** Finds out who somebody is. Callable from any thread; returns at once. */
@FunctionalInterface
public interface Authenticator {
    /** Everybody is whom it says it is; without a name, {@code anonymous}. */
    Authenticator BELIEVE = credentials ->
            CompletableFuture.completedFuture(Admission.believed(claimed(credentials), () -> Admission.Validity.GOOD));

    /**
     * Completes, on any thread, with who it is; exceptionally with an {@link AccessException} whose text is for the
     * user and does not tell whether the name or the secret was wrong; with anything else if it cannot be found out now.
     */
    CompletableFuture<Admission> authenticate(Credentials credentials);

    /** Whom {@code credentials} say that somebody is, who is believed. */
    static Principal claimed(Credentials credentials) {
        return credentials.user().isEmpty() ? Principal.ANONYMOUS : new Principal(credentials.user());
    }
}

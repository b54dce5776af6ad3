package io.hawser.app.access;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Admission.Validity;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.Principal;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Lets in who has shown a certificate, by the name in it, and says neither a user nor a secret; whoever does is another
 * authenticator's business. Who issued it, and whether it is revoked, was looked at when hands were shaken.
 */
public final class CertificateLogins implements Authenticator {
    private final Standing standing;
    private final InstantSource clock;
    private final Authenticator others;

    /** Lets in by certificates if {@code standing} says so, until they expire by {@code clock}, and whom {@code others} let in. */
    public CertificateLogins(Standing standing, InstantSource clock, Authenticator others) {
        this.standing = standing;
        this.clock = clock;
        this.others = others;
    }

    @Override
    public CompletableFuture<Admission> authenticate(Credentials credentials) {
        Optional<CertificateName> name = standing.settings().certificates();
        boolean alone = credentials.user().isEmpty() && credentials.secret().isEmpty();
        return alone && name.isPresent() && credentials.certificate().isPresent()
                ? check(name.get(), credentials.certificate().get())
                : others.authenticate(credentials);
    }

    private CompletableFuture<Admission> check(CertificateName kind, X509Certificate certificate) {
        Optional<String> name = kind.of(certificate).filter(User::isName);
        if (name.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new AccessException("the certificate has no name that could be a user's"));
        }
        Principal principal = principal(name.get());
        return CompletableFuture.completedFuture(
                new Admission(principal, true, () -> validity(kind, principal, certificate)));
    }

    /** In the groups of the user of that name, if there is one. */
    private Principal principal(String name) {
        return new Principal(name, standing.user(name).map(User::groups).orElse(Set.of()));
    }

    private Validity validity(CertificateName kind, Principal then, X509Certificate certificate) {
        boolean over = clock.instant().isAfter(certificate.getNotAfter().toInstant());
        if (over || !standing.settings().certificates().equals(Optional.of(kind))) {
            return Validity.ENDED;
        }
        return principal(then.name()).equals(then) ? Validity.GOOD : Validity.CHANGED;
    }
}

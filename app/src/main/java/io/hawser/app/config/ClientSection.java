package io.hawser.app.config;

import io.hawser.app.access.CertificateName;
import io.hawser.net.tls.ClientTrust;
import io.hawser.net.tls.TlsIdentity;
import io.hawser.net.tls.UnusableTlsException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what the section {@code tls} of a listener says of clients' certificates. */
final class ClientSection {
    private static final String TRUST = "client-trust";
    private static final String ASKED = "client-auth";

    private final Settings tls;

    ClientSection(Settings tls) {
        this.tls = tls;
    }

    /** Whether clients are asked. */
    private enum ClientAuth {
        NONE,
        WANT,
        NEED
    }

    /** What of a certificate is its client's name; empty if none is asked for. */
    Optional<CertificateName> name() {
        CertificateName name = tls.choice("client-name", CertificateName.class);
        return asked() == ClientAuth.NONE ? Optional.empty() : Optional.of(name);
    }

    private ClientAuth asked() {
        return tls.choice(ASKED, ClientAuth.class);
    }

    /** {@code identity}, asking clients if it shall. */
    Optional<TlsIdentity> asking(Optional<TlsIdentity> identity) {
        ClientAuth asked = asked();
        Optional<String> trust = tls.textIfAny(TRUST);
        if (asked == ClientAuth.NONE) {
            return identity;
        }
        if (trust.isEmpty() || identity.isEmpty()) {
            tls.problem(
                    ASKED,
                    "needs " + tls.path(trust.isEmpty() ? TRUST : "certificate") + " too: "
                            + (trust.isEmpty() ? "whose certificates are believed" : "nobody is asked without TLS"));
            return identity;
        }
        ClientTrust clients = new ClientTrust(
                Path.of(trust.get()), tls.textIfAny("client-crl").map(Path::of), asked == ClientAuth.NEED);
        try {
            return Optional.of(identity.get().asking(clients));
        } catch (UnusableTlsException unusable) {
            tls.problem(TRUST, "cannot be used: " + unusable.getMessage());
            return identity;
        }
    }
}

package io.hawser.net.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * Which clients a server believes by their certificates. One that is shown and is not believed ends the handshake.
 *
 * @param authorities whose certificates are believed, as PEM
 * @param revoked a list, or lists, of those that are so no more (CRL), as PEM or DER; then one of each authority must be there, and
 *     in date
 * @param needed whoever shows no certificate is turned away
 */
public record ClientTrust(Path authorities, Optional<Path> revoked, boolean needed) {
    List<Path> files() {
        return Stream.concat(Stream.of(authorities), revoked.stream()).toList();
    }

    /** Believes as the files say now. */
    TrustManagerFactory factory() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (X509Certificate authority : KeyFiles.certificates(authorities)) {
                trusted.setCertificateEntry(String.valueOf(trusted.size()), authority);
            }
            PKIXBuilderParameters how = new PKIXBuilderParameters(trusted, new X509CertSelector());
            how.setRevocationEnabled(false);
            if (revoked.isPresent()) {
                how.addCertStore(CertStore.getInstance(
                        "Collection", new CollectionCertStoreParameters(KeyFiles.revocations(revoked.get()))));
                how.addCertPathChecker(revocations());
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(how));
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw KeyFiles.unreadable("whom to believe from " + authorities, e);
        }
    }

    /** Nobody is asked over the network. */
    private static PKIXRevocationChecker revocations() throws GeneralSecurityException {
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        checker.setOptions(EnumSet.of(
                PKIXRevocationChecker.Option.PREFER_CRLS,
                PKIXRevocationChecker.Option.NO_FALLBACK,
                PKIXRevocationChecker.Option.ONLY_END_ENTITY));
        return checker;
    }
}

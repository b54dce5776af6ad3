package io.hawser.app.access;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** What of a client's certificate is its name. */
public enum CertificateName {
    /** The common name of its subject. */
    CN {
        @Override
        List<String> all(X509Certificate certificate) {
            try {
                return new LdapName(certificate.getSubjectX500Principal().getName())
                        .getRdns().stream()
                                .filter(part -> part.getType().equalsIgnoreCase("CN"))
                                .map(part -> String.valueOf(part.getValue()))
                                .toList();
            } catch (InvalidNameException none) {
                return List.of();
            }
        }
    },
    /** The DNS name among its alternative names. */
    DNS {
        @Override
        List<String> all(X509Certificate certificate) {
            try {
                Collection<List<?>> names = certificate.getSubjectAlternativeNames();
                return names == null
                        ? List.of()
                        : names.stream()
                                .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
                                .map(name -> String.valueOf(name.get(1)))
                                .toList();
            } catch (CertificateParsingException none) {
                return List.of();
            }
        }
    };

    /** RFC 5280 4.2.1.6. */
    private static final int DNS_NAME = 2;

    abstract List<String> all(X509Certificate certificate);

    /** The one that {@code certificate} has; empty if there is none, or more than one. */
    Optional<String> of(X509Certificate certificate) {
        List<String> all = all(certificate);
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }
}

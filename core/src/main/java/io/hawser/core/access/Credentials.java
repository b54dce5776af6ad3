package io.hawser.core.access;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What somebody says who wants to be let in.
 *
 * @param user the user name, empty if none was given
 * @param secret a password or token, empty if none was given
 * @param from the address it comes from, for the log and for limits
 * @param certificate the certificate that it has shown, whose authority is believed and whose key it has
 */
public record Credentials(String user, String secret, String from, Optional<X509Certificate> certificate) {
    /** Those of somebody who has shown no certificate. */
    public Credentials(String user, String secret, String from) {
        this(user, secret, from, Optional.empty());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "credentials of '" + user + "' from " + from;
    }
}

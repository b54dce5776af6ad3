package io.hawser.store.nats;

import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a hub knows that NATS is NATS, and proves to it who it is, beside a user and password in the url.
 *
 * @param tls what connections are encrypted with; its sockets check the name of the server. Empty: they are not encrypted
 * @param creds a file of credentials as {@code nsc} writes them: a user's JWT and its key
 * @param token the token of servers that have one for all
 */
public record NatsAccess(Optional<SSLContext> tls, Optional<Path> creds, Optional<String> token) {
    /** Nothing is encrypted, and nothing is shown. */
    public static final NatsAccess NONE = new NatsAccess(Optional.empty(), Optional.empty(), Optional.empty());

    /** What is shown, for people. */
    String shown() {
        if (creds.isPresent()) {
            return "these credentials";
        }
        return token.isPresent() ? "this token" : "this user and password";
    }

    /** The setting that says it. */
    String setting() {
        if (creds.isPresent()) {
            return "store.nats.creds";
        }
        return token.isPresent() ? "store.nats.token" : "store.nats.url";
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "NatsAccess[tls=" + tls.isPresent() + ", creds=" + creds + ", token=" + token.map(secret -> "...") + "]";
    }
}

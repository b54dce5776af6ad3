package io.hawser.net.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What a request says about who asks (RFC 9110 11.6.2). Text forms never show a secret. */
public sealed interface Credentials {
    /**
     * A token that stands for somebody (RFC 6750).
     *
     * @param token as it was sent
     */
    record Bearer(String token) implements Credentials {
        @Override
        public String toString() {
            return "Bearer[...]";
        }
    }

    /**
     * A name and a password (RFC 7617).
     *
     * @param user may be empty
     * @param password may be empty
     */
    record Basic(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "Basic[user=" + user + "]";
        }
    }

    /** Reads the header {@code Authorization}; empty if it is neither of the two. */
    static Optional<Credentials> parse(String authorization) {
        int space = authorization.indexOf(' ');
        String rest = space < 0 ? "" : authorization.substring(space).strip();
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(new Bearer(rest));
            case "basic" -> basic(rest);
            default -> Optional.empty();
        };
    }

    private static Optional<Credentials> basic(String encoded) {
        byte[] plain;
        try {
            plain = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        String pair = new String(plain, UTF_8);
        int colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
    }
}

package io.hawser.eftl.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;

/**
 * What a client shows of itself, in the handshake and again in the login ({@code specs/eftl.md} 1.1).
 *
 * @param user empty for none
 * @param password empty for none
 * @param token shown instead of user and password, empty for none
 */
public record Credentials(String user, String password, String token) {
    private static final String AUTHORIZATION = "Authorization";

    /** Those of {@code address} if it names a user, else these. */
    Credentials at(ServerAddress address) {
        return address.user().isEmpty() ? this : new Credentials(address.user(), address.password(), "");
    }

    /** What the login message carries as password: servers that know tokens take one there. */
    String secret() {
        return token.isEmpty() ? password : token;
    }

    /** The headers of the handshake. */
    Map<String, String> headers() {
        if (!token.isEmpty()) {
            return Map.of(AUTHORIZATION, "Bearer " + token);
        }
        if (user.isEmpty() && password.isEmpty()) {
            return Map.of();
        }
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return Map.of(AUTHORIZATION, "Basic " + pair);
    }

    /** Names the user alone. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}

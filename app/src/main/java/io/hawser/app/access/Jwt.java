package io.hawser.app.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.text.JsonText;
import io.hawser.core.access.AccessException;
import io.hawser.core.access.Principal;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

/**
 * A JWT in its compact form (RFC 7515, 7519), of which all has been found good but its signature: that costs the most, and is
 * looked at last.
 *
 * @param text what is signed
 * @param signature over it
 * @param algorithm by which
 * @param key that must have made it
 * @param principal whom it lets in
 * @param end from when on it lets nobody in, the tolerance included
 */
record Jwt(String text, Bytes signature, String algorithm, JwtKey key, Principal principal, Instant end) {
    private static final int LONGEST = 8_192;
    private static final int MOST_GROUPS = 64;

    /** Bytes, equal to none. */
    static final class Bytes {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** True if {@code secret} looks like a JWT, which no token of ours does. */
    static boolean looksLike(String secret) {
        return secret.indexOf('.') >= 0;
    }

    /**
     * Reads {@code secret}.
     *
     * @throws AccessException if it lets nobody in, whoever signed it
     */
    static Jwt read(String secret, JwtSettings settings, Instant now) {
        if (secret.length() > LONGEST) {
            throw refused("it has more than " + LONGEST + " characters");
        }
        String[] parts = secret.split("\\.", -1);
        if (parts.length != 3 || parts[2].isEmpty()) {
            throw refused("it is not signed");
        }
        Fields header = object(parts[0]);
        String algorithm = header.string("alg").orElse("");
        if (!settings.algorithms().contains(algorithm)) {
            throw refused("it is signed by an algorithm that is not allowed here");
        }
        if (header.has("crit") || !header.string("typ").orElse("JWT").matches("(?i)(at\\+)?jwt")) {
            throw refused("it is of a kind that is not understood here");
        }
        JwtKey key = key(header, algorithm, settings);
        Fields claims = object(parts[1]);
        Instant end = seconds(claims, "exp").plus(settings.tolerance());
        if (!now.isBefore(end)) {
            throw refused("it has expired");
        }
        if (now.isBefore(seconds(claims, "nbf").minus(settings.tolerance()))) {
            throw refused("it does not hold yet");
        }
        if (!claims.string("iss").orElse("").equals(settings.issuer())
                || !texts(claims, "aud").contains(settings.audience())) {
            throw refused("it is from another issuer, or for somebody else");
        }
        String text = parts[0] + "." + parts[1];
        return new Jwt(text, new Bytes(decoded(parts[2])), algorithm, key, principal(claims, settings), end);
    }

    /** The {@code kid} is compared, and nothing else is done with it. */
    private static JwtKey key(Fields header, String algorithm, JwtSettings settings) {
        String id = header.string("kid").orElse("");
        return settings.keys().stream()
                .filter(key -> key.id().equals(id)
                        || (id.isEmpty()
                                && !header.has("kid")
                                && settings.keys().size() == 1))
                .filter(key -> key.algorithms().contains(algorithm))
                .findFirst()
                .orElseThrow(() -> refused("it is signed by a key that is not known here"));
    }

    private static Principal principal(Fields claims, JwtSettings settings) {
        String name = claims.string(settings.principal()).orElse("");
        List<String> groups = claims.has(settings.groups()) ? texts(claims, settings.groups()) : List.of();
        boolean sound = User.isName(name)
                && groups.size() <= MOST_GROUPS
                && groups.stream().allMatch(User::isName);
        if (!sound) {
            throw refused("its claims " + settings.principal() + " and " + settings.groups()
                    + " are not names such as users and groups have");
        }
        return new Principal(name, new HashSet<>(groups));
    }

    private static List<String> texts(Fields claims, String name) {
        Value said = claims.find(name);
        if (said instanceof Value.Str text) {
            return List.of(text.value());
        }
        if (said instanceof Value.Sequence all && all.values().stream().allMatch(Value.Str.class::isInstance)) {
            return all.values().stream().map(each -> ((Value.Str) each).value()).toList();
        }
        throw refused("it lacks the claim " + name);
    }

    private static Instant seconds(Fields claims, String name) {
        Value said = claims.find(name);
        double seconds = said instanceof Value.Int whole
                ? whole.value()
                : said instanceof Value.Real real ? real.value() : Double.NaN;
        if (!(seconds >= 0 && seconds < 1e11)) {
            throw refused("it lacks the claim " + name);
        }
        return Instant.ofEpochMilli((long) (seconds * 1_000));
    }

    private static Fields object(String part) {
        try {
            return JsonText.read(new String(decoded(part), UTF_8));
        } catch (IllegalArgumentException none) {
            throw refused("it cannot be read");
        }
    }

    private static byte[] decoded(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException none) {
            throw refused("it cannot be read");
        }
    }

    private static AccessException refused(String why) {
        return new AccessException("this token lets nobody in: " + why);
    }

    /** Whom it lets in, now that its signature is found good. */
    Principal verified() {
        if (!key.signed(algorithm, text.getBytes(US_ASCII), signature.bytes)) {
            throw refused("its signature is wrong");
        }
        return principal;
    }
}

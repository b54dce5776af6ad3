package io.hawser.app.access;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whose JWTs let somebody in.
 *
 * @param keys that sign them
 * @param algorithms by which they may be signed
 * @param issuer what they must say as {@code iss}
 * @param audience what they must say as {@code aud}, among others perhaps
 * @param principal the claim that is the name of whom they let in
 * @param groups the claim that lists its groups
 * @param tolerance by how much clocks may differ
 */
public record JwtSettings(
        List<JwtKey> keys,
        Set<String> algorithms,
        String issuer,
        String audience,
        String principal,
        String groups,
        Duration tolerance) {
    /** Settings with copies. */
    public JwtSettings {
        keys = List.copyOf(keys);
        algorithms = Set.copyOf(algorithms);
    }

    /** Every algorithm that there is: none that signs with a shared secret, and not {@code none}. */
    public static List<String> allAlgorithms() {
        return List.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "EdDSA");
    }

    /**
     * These settings with the keys of a JSON Web Key Set (RFC 7517).
     *
     * @throws IllegalArgumentException with a text for the user if it is none, or holds what is no public key
     */
    public JwtSettings with(String jwks) {
        if (!(JsonText.read(jwks).find("keys") instanceof Value.Sequence listed)) {
            throw new IllegalArgumentException("must be a JSON Web Key Set: {\"keys\": [...]}");
        }
        List<JwtKey> found = new ArrayList<>();
        for (Value each : listed.values()) {
            if (!(each instanceof Value.Nested key)) {
                throw new IllegalArgumentException("each of its keys must be an object");
            }
            found.add(JwtKey.parse(key.fields()));
        }
        long names = found.stream().map(JwtKey::id).distinct().count();
        if (found.isEmpty() || names < found.size()) {
            throw new IllegalArgumentException("it needs a key, and each a kid of its own");
        }
        return new JwtSettings(found, algorithms, issuer, audience, principal, groups, tolerance);
    }
}

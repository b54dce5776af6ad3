package io.hawser.app.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of a token that lets somebody in without a user's password. A token is 256 random bits, which nobody guesses,
 * so that a fast digest is enough.
 *
 * @param principal who shows it is this
 * @param groups the groups that it is in
 * @param sha256 the SHA-256 of the token's text, in hexadecimal
 * @param expires from then on it lets nobody in; empty: never
 */
public record Token(String principal, Set<String> groups, String sha256, Optional<Instant> expires) {
    private static final int BYTES = 32;

    /** A token with a copy of {@code groups}. */
    public Token {
        groups = Set.copyOf(groups);
    }

    /** The text of a new token, 43 characters that need no escape in a URL. */
    public static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is kept of the token {@code text}. */
    public static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java has SHA-256", absent);
        }
    }

    /** Without the digest. */
    @Override
    public String toString() {
        return "token of " + principal;
    }
}

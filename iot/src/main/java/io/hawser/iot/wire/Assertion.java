package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By what a device or an operator's program proves who it is when it asks for a token: a JWT ({@code specs/iot.md} 1.2). Read
 * with {@link #parse}, which judges nothing but the shape; whoever knows the key of {@link #issuer} then calls {@code verify}.
 *
 * <p>The kind of key alone says which algorithm is right: a shared secret means HS256, a public key RS256. What the header says
 * must agree and decides nothing, so no public key is ever taken for a secret.
 *
 * @param issuer the activation id before activation, the endpoint id after it and of an operator's program
 * @param expires when it is worth nothing any more
 * @param notBefore from when on it is worth something, if it says so
 * @param signed what the signature is over
 */
public record Assertion(
        Algorithm algorithm,
        String issuer,
        Instant expires,
        Optional<Instant> notBefore,
        String signed,
        Value.Opaque signature) {
    /** Whom all assertions are for. */
    public static final String AUDIENCE = "oracle/iot/oauth2/token";

    /** How long the originals let one live. */
    public static final Duration LIFE = Duration.ofMinutes(15);

    /** How far the clocks of both sides may be apart. */
    public static final Duration SKEW = Duration.ofSeconds(60);

    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]*={0,2}");
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    /** How it is signed. */
    public enum Algorithm {
        /** HMAC-SHA256 with the shared secret. */
        HS256,
        /** SHA256withRSA with the private key of the device. */
        RS256
    }

    /** The assertion of {@code id}, signed with the shared secret. */
    public static String sign(String id, Instant expires, byte[] secret) {
        String signed = unsigned(Algorithm.HS256, id, expires);
        return signed + "." + encode(Crypto.hmac(secret, signed.getBytes(US_ASCII)));
    }

    /** The assertion of {@code id}, signed with the private RSA key of an activated device. */
    public static String sign(String id, Instant expires, PrivateKey key) throws GeneralSecurityException {
        String signed = unsigned(Algorithm.RS256, id, expires);
        Signature signature = Signature.getInstance(Crypto.RSA_SIGNATURE);
        signature.initSign(key);
        signature.update(signed.getBytes(US_ASCII));
        return signed + "." + encode(signature.sign());
    }

    /** What {@code text} says; padding is ignored, as the original Java library writes it. */
    public static Assertion parse(String text, IotLimits limits) throws ProtocolException {
        if (text.length() > limits.maxAssertionChars()) {
            throw refused("has " + text.length() + " characters; at most " + limits.maxAssertionChars() + " are taken");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw refused("has not three parts");
        }
        Members header = new Members(object(parts[0]), "the header of the assertion: ");
        Algorithm algorithm = header.word("alg", Algorithm.class).orElseThrow(() -> header.wrong("alg", "is missing"));
        if (header.has("crit")) {
            throw header.wrong("crit", "asks for something that is not known here");
        }
        Members claims = new Members(object(parts[1]), "the assertion: ");
        String issuer = claims.required("iss");
        if (!claims.text("sub").orElse(issuer).equals(issuer)) {
            throw claims.wrong("sub", "is not iss");
        }
        if (!forUs(claims)) {
            throw claims.wrong("aud", "is not " + AUDIENCE);
        }
        Instant expires = instant(claims, "exp").orElseThrow(() -> claims.wrong("exp", "is missing"));
        return new Assertion(
                algorithm,
                issuer,
                expires,
                instant(claims, "nbf"),
                parts[0] + "." + parts[1],
                new Value.Opaque(decode(parts[2])));
    }

    /** Refuses this unless it is signed with {@code secret} and good at {@code now}. */
    public void verify(byte[] secret, Instant now) throws ProtocolException {
        require(Algorithm.HS256);
        if (secret.length == 0 || !MessageDigest.isEqual(Crypto.hmac(secret, bytes()), signature.bytes())) {
            throw refused("is not signed with the shared secret of its issuer");
        }
        verify(now);
    }

    /** Refuses this unless it is signed with the private key that belongs to {@code key}, and good at {@code now}. */
    public void verify(PublicKey key, Instant now) throws ProtocolException {
        require(Algorithm.RS256);
        if (!Crypto.signedWith(key, signature.bytes(), bytes())) {
            throw refused("is not signed with the private key of its issuer");
        }
        verify(now);
    }

    private void verify(Instant now) throws ProtocolException {
        if (!now.isBefore(expires.plus(SKEW))) {
            throw refused("expired at " + expires + ", and it is " + now + "; set the clock or take currentTime");
        }
        if (notBefore.isPresent() && now.isBefore(notBefore.get().minus(SKEW))) {
            throw refused("is not good before " + notBefore.get() + ", and it is " + now);
        }
    }

    private void require(Algorithm right) throws ProtocolException {
        if (algorithm != right) {
            throw refused("is signed by " + algorithm + "; its issuer must use " + right);
        }
    }

    private byte[] bytes() {
        return signed.getBytes(US_ASCII);
    }

    private static String unsigned(Algorithm algorithm, String id, Instant expires) {
        Fields header =
                Fields.builder().put("typ", "JWT").put("alg", algorithm.name()).build();
        Fields claims = Fields.builder()
                .put("iss", id)
                .put("sub", id)
                .put("aud", AUDIENCE)
                .put("exp", expires.getEpochSecond())
                .build();
        return encode(Json.write(header)) + "." + encode(Json.write(claims));
    }

    private static boolean forUs(Members claims) {
        Value audience = claims.fields().get("aud").orElse(Value.Null.NULL);
        Value ours = Value.of(AUDIENCE);
        return audience.equals(ours)
                || (audience instanceof Value.Sequence several
                        && several.values().contains(ours));
    }

    /** Seconds since 1970, with or without fraction. */
    private static Optional<Instant> instant(Members claims, String name) throws ProtocolException {
        if (!claims.has(name)) {
            return Optional.empty();
        }
        Value value = claims.fields().get(name).orElseThrow();
        double seconds = value instanceof Value.Int number
                ? number.value()
                : value instanceof Value.Real real ? real.value() : -1;
        if (seconds < 0 || seconds > LAST_SECOND) {
            throw claims.wrong(name, "is no time in seconds since 1970");
        }
        return Optional.of(Instant.ofEpochSecond((long) seconds));
    }

    private static Fields object(String part) throws ProtocolException {
        try {
            return JSON.object(decode(part));
        } catch (ProtocolException malformed) {
            throw refused("holds what cannot be read: " + malformed.reason());
        }
    }

    private static byte[] decode(String part) throws ProtocolException {
        if (!BASE64URL.matcher(part).matches()) {
            throw refused("is not written in base64url");
        }
        try {
            return Base64.getUrlDecoder().decode(part.replace("=", ""));
        } catch (IllegalArgumentException cut) {
            throw refused("is cut off");
        }
    }

    private static String encode(byte[] bytes) {
        return new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), UTF_8);
    }

    private static ProtocolException refused(String why) {
        return ProtocolException.of("the assertion " + why);
    }
}

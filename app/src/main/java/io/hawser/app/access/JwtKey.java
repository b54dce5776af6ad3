package io.hawser.app.access;

import io.hawser.core.value.Fields;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Set;

/**
 * A public key that signs JWTs, for the algorithms of its kind and no others (RFC 7517, 7518): what a token says of its algorithm
 * never makes a key into one of another kind.
 *
 * @param id its {@code kid}; empty if it has none
 * @param algorithms what it verifies
 * @param key the JDK's
 */
record JwtKey(String id, Set<String> algorithms, PublicKey key) {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;

    /** A key with a copy of {@code algorithms}. */
    JwtKey {
        algorithms = Set.copyOf(algorithms);
    }

    /**
     * The key that {@code jwk} is.
     *
     * @throws IllegalArgumentException with a text for the user if it is none that can be used here
     */
    static JwtKey parse(Fields jwk) {
        String id = jwk.string("kid").orElse("");
        if (jwk.has("d") || jwk.has("k")) {
            throw new IllegalArgumentException("key '" + id + "' is secret; only public keys belong here");
        }
        if (!jwk.string("use").orElse("sig").equals("sig")) {
            throw new IllegalArgumentException("key '" + id + "' is not for signatures");
        }
        try {
            return switch (jwk.string("kty").orElse("")) {
                case "RSA" -> rsa(id, jwk);
                case "EC" -> ec(id, jwk);
                case "OKP" -> ed25519(id, jwk);
                default -> throw new IllegalArgumentException("key '" + id + "' must be RSA, EC or OKP");
            };
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("key '" + id + "' cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private static JwtKey rsa(String id, Fields jwk) throws GeneralSecurityException {
        BigInteger modulus = new BigInteger(1, bytes(jwk, "n"));
        if (modulus.bitLength() < LEAST_RSA_BITS || modulus.bitLength() > MOST_RSA_BITS) {
            throw new IllegalArgumentException("key '" + id + "' must have " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS
                    + " bits, not " + modulus.bitLength());
        }
        RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, new BigInteger(1, bytes(jwk, "e")));
        return new JwtKey(
                id,
                Set.of("RS256", "RS384", "RS512"),
                KeyFactory.getInstance("RSA").generatePublic(spec));
    }

    private static JwtKey ec(String id, Fields jwk) throws GeneralSecurityException {
        String curve = jwk.string("crv").orElse("");
        String algorithm =
                switch (curve) {
                    case "P-256" -> "ES256";
                    case "P-384" -> "ES384";
                    case "P-521" -> "ES512";
                    default -> throw new IllegalArgumentException("key '" + id + "' must be on P-256, P-384 or P-521");
                };
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp" + curve.substring(2) + "r1"));
        ECPoint point = new ECPoint(new BigInteger(1, bytes(jwk, "x")), new BigInteger(1, bytes(jwk, "y")));
        ECPublicKeySpec spec = new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class));
        if (!isOn(spec.getParams().getCurve(), point)) {
            throw new IllegalArgumentException("key '" + id + "' is no point of " + curve);
        }
        return new JwtKey(id, Set.of(algorithm), KeyFactory.getInstance("EC").generatePublic(spec));
    }

    /** True if y^2 = x^3 + ax + b, which the JDK does not look at. */
    private static boolean isOn(EllipticCurve curve, ECPoint point) {
        BigInteger modulus = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.compareTo(modulus) < 0
                && y.compareTo(modulus) < 0
                && y.pow(2).subtract(right).mod(modulus).signum() == 0;
    }

    private static JwtKey ed25519(String id, Fields jwk) throws GeneralSecurityException {
        byte[] point = bytes(jwk, "x");
        if (!jwk.string("crv").orElse("").equals("Ed25519") || point.length != 32) {
            throw new IllegalArgumentException("key '" + id + "' must be on Ed25519");
        }
        boolean odd = (point[31] & 0x80) != 0;
        point[31] = (byte) (point[31] & 0x7f);
        byte[] bigEndian = new byte[point.length];
        for (int i = 0; i < point.length; i++) {
            bigEndian[i] = point[point.length - 1 - i];
        }
        EdECPublicKeySpec spec =
                new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bigEndian)));
        return new JwtKey(id, Set.of("EdDSA"), KeyFactory.getInstance("Ed25519").generatePublic(spec));
    }

    private static byte[] bytes(Fields jwk, String name) {
        return Base64.getUrlDecoder()
                .decode(jwk.string(name)
                        .orElseThrow(() -> new IllegalArgumentException("a key lacks its member " + name)));
    }

    /** True if {@code signature} is this key's over {@code text}, made by {@code algorithm}. */
    boolean signed(String algorithm, byte[] text, byte[] signature) {
        if (!algorithms.contains(algorithm)) {
            return false;
        }
        String bits = algorithm.substring(2);
        String name =
                switch (algorithm.substring(0, 2)) {
                    case "RS" -> "SHA" + bits + "withRSA";
                    case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
                    default -> "Ed25519";
                };
        try {
            Signature verifier = Signature.getInstance(name);
            verifier.initVerify(key);
            verifier.update(text);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}

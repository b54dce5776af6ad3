package io.hawser.iot.wire;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two signatures of the protocol ({@code specs/iot.md} 1.2 to 1.5). */
final class Crypto {
    static final String RSA_SIGNATURE = "SHA256withRSA";
    static final String HMAC = "HmacSHA256";

    private Crypto() {}

    /**
     * HMAC-SHA256 of {@code message}.
     *
     * @throws IllegalArgumentException if the secret is empty
     */
    static byte[] hmac(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("each Java has " + HMAC, impossible);
        }
    }

    /** True if {@code signature} is an RSA signature over {@code message} by the other half of {@code key}. */
    static boolean signedWith(PublicKey key, byte[] signature, byte[] message) {
        if (!(key instanceof RSAPublicKey)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(RSA_SIGNATURE);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }
}

package io.hawser.iot.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Value;
import io.hawser.iot.policy.rule.AttributeFunction.PrivacyPolicy;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What stands for a value that nobody shall know: base64url without padding ({@code specs/iot.md} 4.2, privacyPolicy). Pure. */
final class Digest {
    private static final String HMAC = "HmacSHA256";

    private Digest() {}

    static Value of(Value value, PrivacyPolicy function) {
        String text = value instanceof Value.Str string ? string.value() : value.toString();
        return switch (function.level()) {
            case NONE -> value;
            case ONE_WAY -> Value.of(base64(sha(text.getBytes(UTF_8))));
            case TWO_WAY -> Value.of(base64(hmac(function.hashingKey().getBytes(UTF_8), text.getBytes(UTF_8))));
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("each Java has SHA-256", impossible);
        }
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("each Java has " + HMAC, impossible);
        }
    }
}

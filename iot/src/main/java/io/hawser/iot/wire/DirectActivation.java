package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/**
 * What a directly connected device says to be activated ({@code specs/iot.md} 1.4): the models it has, the public key it made,
 * and a signature that proves both the private key and the shared secret.
 *
 * @param models the URNs of models and capabilities
 * @param subject the activation id; a known Python client says its device id instead
 * @param publicKey X.509 SubjectPublicKeyInfo, DER
 * @param attributes names with strings or null; empty as a rule
 * @param signature by the new private key, over all of this and the HMAC of the subject
 */
public record DirectActivation(
        List<String> models, String subject, Value.Opaque publicKey, Fields attributes, Value.Opaque signature) {
    private static final String KEY_TYPE = "RSA";
    private static final String FORMAT = "X.509";
    private static final int SMALLEST_KEY = 2_048;
    private static final int LARGEST_KEY = 8_192;
    private static final int LARGEST_EXPONENT = 64;

    /** An activation with a copy of the models. */
    public DirectActivation {
        models = List.copyOf(models);
    }

    /** The activation of {@code subject}, which knows {@code secret} and has made {@code keys}. */
    public static DirectActivation sign(List<String> models, String subject, KeyPair keys, byte[] secret)
            throws GeneralSecurityException {
        Value.Opaque publicKey = new Value.Opaque(keys.getPublic().getEncoded());
        Signature signature = Signature.getInstance(Crypto.RSA_SIGNATURE);
        signature.initSign(keys.getPrivate());
        signature.update(signed(subject, publicKey, Fields.EMPTY, secret));
        return new DirectActivation(models, subject, publicKey, Fields.EMPTY, new Value.Opaque(signature.sign()));
    }

    /** What {@code fields} say; nothing is verified yet. */
    public static DirectActivation of(Fields fields) throws ProtocolException {
        Members activation = new Members(fields, "the activation: ");
        Members info = activation.requiredObject("certificationRequestInfo");
        Members key = info.requiredObject("subjectPublicKeyInfo");
        expect(activation, "signatureAlgorithm", Crypto.RSA_SIGNATURE);
        expect(key, "algorithm", KEY_TYPE);
        expect(key, "format", FORMAT);
        expect(key, "secretHashAlgorithm", Crypto.HMAC);
        Members attributes = info.object("attributes");
        for (String name : attributes.fields().names()) {
            attributes.text(name);
        }
        return new DirectActivation(
                activation.texts("deviceModels"),
                info.required("subject"),
                key.requiredBytes("publicKey"),
                attributes.fields(),
                activation.requiredBytes("signature"));
    }

    /** The members. */
    public Fields fields() {
        Fields key = Fields.builder()
                .put("algorithm", KEY_TYPE)
                .put("publicKey", publicKey)
                .put("format", FORMAT)
                .put("secretHashAlgorithm", Crypto.HMAC)
                .build();
        Fields info = Fields.builder()
                .put("subject", subject)
                .put("subjectPublicKeyInfo", new Value.Nested(key))
                .put("attributes", new Value.Nested(attributes))
                .build();
        return Fields.builder()
                .put(
                        "deviceModels",
                        new Value.Sequence(
                                models.stream().map(urn -> Value.of(urn)).toList()))
                .put("certificationRequestInfo", new Value.Nested(info))
                .put("signatureAlgorithm", Crypto.RSA_SIGNATURE)
                .put("signature", signature)
                .build();
    }

    /** The public key of the device, if the signature proves that it knows {@code secret} and has the private key. */
    public PublicKey verify(byte[] secret) throws ProtocolException {
        PublicKey key = readKey(publicKey);
        if (secret.length == 0
                || !Crypto.signedWith(key, signature.bytes(), signed(subject, publicKey, attributes, secret))) {
            throw ProtocolException.of("the activation: signature does not prove the shared secret of "
                    + ProtocolException.shown(subject) + " and the private key");
        }
        return key;
    }

    /** The RSA key in {@code der}, which is neither too weak nor so large that it costs us time. */
    public static PublicKey readKey(Value.Opaque der) throws ProtocolException {
        try {
            PublicKey key = KeyFactory.getInstance(KEY_TYPE).generatePublic(new X509EncodedKeySpec(der.bytes()));
            if (key instanceof RSAPublicKey rsa
                    && rsa.getModulus().bitLength() >= SMALLEST_KEY
                    && rsa.getModulus().bitLength() <= LARGEST_KEY
                    && rsa.getPublicExponent().bitLength() <= LARGEST_EXPONENT) {
                return key;
            }
        } catch (GeneralSecurityException notAKey) {
            throw ProtocolException.of("publicKey is no RSA key in X.509");
        }
        throw ProtocolException.of("publicKey has not " + SMALLEST_KEY + " to " + LARGEST_KEY + " bits");
    }

    /** What the signature is over. */
    private static byte[] signed(String subject, Value.Opaque key, Fields attributes, byte[] secret) {
        StringBuilder text = new StringBuilder();
        for (String line : List.of(subject, KEY_TYPE, FORMAT, Crypto.HMAC)) {
            text.append(line).append('\n');
        }
        for (String name : attributes.names()) {
            String value = attributes.string(name).map(said -> "'" + said + "'").orElse("null");
            text.append(name).append('=').append(value).append('\n');
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text.toString().getBytes(UTF_8));
        out.writeBytes(Crypto.hmac(secret, subject.getBytes(UTF_8)));
        out.writeBytes(key.bytes());
        return out.toByteArray();
    }

    private static void expect(Members members, String name, String value) throws ProtocolException {
        if (!members.required(name).equals(value)) {
            throw members.wrong(name, "is not " + value);
        }
    }
}

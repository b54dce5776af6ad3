package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a gateway says to activate a device behind it ({@code specs/iot.md} 1.5). The signature is always over the endpoint id
 * of the gateway: with the shared secret of the device if the gateway has it, with the gateway's private key if the device
 * shall stay behind this gateway, or absent.
 *
 * @param hardwareId what the device is called by whoever made it
 * @param metadata manufacturer, modelNumber, serialNumber and whatever else, top-level members of the body
 * @param models the URNs of its models
 */
public record IndirectActivation(
        String hardwareId, Map<String, String> metadata, List<String> models, Optional<Value.Opaque> signature) {
    private static final String HARDWARE_ID = "hardwareId";
    private static final String MODELS = "deviceModels";
    private static final String SIGNATURE = "signature";

    /** An activation with copies of metadata and models. */
    public IndirectActivation {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        models = List.copyOf(models);
        for (String name : List.of(HARDWARE_ID, MODELS, SIGNATURE)) {
            if (metadata.containsKey(name)) {
                throw new IllegalArgumentException(name + " is no metadata");
            }
        }
    }

    /** What {@code fields} say; nothing is verified yet. Metadata that are no strings are left out. */
    public static IndirectActivation of(Fields fields) throws ProtocolException {
        Members members = new Members(fields, "the activation: ");
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String name : fields.names()) {
            fields.string(name).ifPresent(text -> metadata.put(name, text));
        }
        metadata.keySet().removeAll(List.of(HARDWARE_ID, MODELS, SIGNATURE));
        return new IndirectActivation(
                members.required(HARDWARE_ID), metadata, members.texts(MODELS), members.bytes(SIGNATURE));
    }

    /** The members. */
    public Fields fields() {
        Fields.Builder fields = Fields.builder().put(HARDWARE_ID, hardwareId);
        metadata.forEach(fields::put);
        fields.put(
                MODELS,
                new Value.Sequence(models.stream().map(urn -> Value.of(urn)).toList()));
        signature.ifPresent(bytes -> fields.put(SIGNATURE, bytes));
        return fields.build();
    }

    /** This, signed with the shared secret of the device by the gateway {@code gateway}. */
    public IndirectActivation signed(String gateway, byte[] secret) {
        return with(Crypto.hmac(secret, gateway.getBytes(UTF_8)));
    }

    /** This, signed by the gateway {@code gateway}, so that the device stays behind it. */
    public IndirectActivation signed(String gateway, PrivateKey key) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(Crypto.RSA_SIGNATURE);
        signer.initSign(key);
        signer.update(gateway.getBytes(UTF_8));
        return with(signer.sign());
    }

    /** True if the signature proves that the gateway {@code gateway} knows the shared secret of the device. */
    public boolean proves(String gateway, byte[] secret) {
        return secret.length > 0
                && signature.isPresent()
                && MessageDigest.isEqual(
                        Crypto.hmac(secret, gateway.getBytes(UTF_8)),
                        signature.get().bytes());
    }

    /** True if the signature is that of the gateway {@code gateway}: the device is bound to it. */
    public boolean binds(String gateway, PublicKey key) {
        return signature.isPresent() && Crypto.signedWith(key, signature.get().bytes(), gateway.getBytes(UTF_8));
    }

    private IndirectActivation with(byte[] bytes) {
        return new IndirectActivation(hardwareId, metadata, models, Optional.of(new Value.Opaque(bytes)));
    }
}

package io.hawser.iot.registry;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.iot.registry.kept.Pieces;
import io.hawser.iot.registry.kept.Schema;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/**
 * Between devices and their records, the table {@code iot-devices}. Pure.
 *
 * <pre>
 *   device  text id, hardwareId, application, number created, text name, description, pairs metadata, text kind, state,
 *           texts models, optional gateway, yes restricted, keys, number activated
 *   keys    0 | 1 bytes secret, 0 | 1 text algorithm bytes key (SubjectPublicKeyInfo), count epoch
 * </pre>
 */
final class DeviceSchema {
    static final Schema<Device> DEVICES =
            new Schema<>("iot-devices", Device::id, DeviceSchema::write, DeviceSchema::read);

    private DeviceSchema() {}

    private static void write(ByteWriter out, Device device) {
        out.text(device.id()).text(device.hardwareId()).text(device.application());
        out.number(device.created()).text(device.name()).text(device.description());
        Pieces.pairs(out, device.metadata());
        out.text(device.kind().name()).text(device.state().name());
        Pieces.texts(out, device.models());
        out.optional(device.gateway()).octet(device.restricted() ? 1 : 0);
        keys(out, device.keys());
        out.number(device.activated());
    }

    private static void keys(ByteWriter out, DeviceKeys keys) {
        out.octet(keys.secret().isPresent() ? 1 : 0);
        keys.secret().ifPresent(secret -> out.bytes(secret.bytes()));
        out.octet(keys.publicKey().isPresent() ? 1 : 0);
        keys.publicKey().ifPresent(key -> out.text(key.getAlgorithm()).bytes(key.getEncoded()));
        out.count(keys.epoch());
    }

    private static Device read(ByteReader in) throws BytesException {
        DeviceDraft draft = new DeviceDraft(in.text(), in.text(), in.text(), in.number());
        draft.name = in.text();
        draft.description = in.text();
        draft.metadata = Pieces.pairs(in);
        draft.kind = Schema.constant(DeviceKind.class, in.text());
        draft.state = Schema.constant(DeviceState.class, in.text());
        draft.models = Pieces.texts(in);
        draft.gateway = in.optional();
        draft.restricted = in.yes();
        draft.keys = keys(in);
        draft.activated = in.number();
        return draft.done();
    }

    private static DeviceKeys keys(ByteReader in) throws BytesException {
        Optional<Secret> secret = in.yes() ? Optional.of(new Secret(in.bytes())) : Optional.empty();
        Optional<PublicKey> key = in.yes() ? Optional.of(key(in.text(), in.bytes())) : Optional.empty();
        return new DeviceKeys(secret, key, in.count());
    }

    private static PublicKey key(String algorithm, byte[] encoded) throws BytesException {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException damaged) {
            throw new BytesException("no public key: " + damaged.getMessage());
        }
    }
}

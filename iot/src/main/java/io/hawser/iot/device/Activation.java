package io.hawser.iot.device;

import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.TrustedAssets;
import io.hawser.iot.link.Waits;
import io.hawser.iot.wire.ActivationAnswer;
import io.hawser.iot.wire.DirectActivation;
import io.hawser.iot.wire.IndirectActivation;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a device gets its endpoint id ({@code specs/iot.md} 1.3 to 1.5). Waits for disk and server.
 *
 * <p>Recovery: the keys are in the file before the server hears of them, so a device whose answer was lost, or that could not
 * write its endpoint id, asks again with the same keys, and the server can see that it is the same device.
 */
record Activation(TrustedAssets assets, HttpsLink link, Waits waits) {
    /** Activates the device itself with {@code models}, capabilities included; returns its endpoint id. */
    String direct(List<String> models) throws LinkException, AssetsException {
        assets.requireWritable();
        KeyPair keys = assets.keysFor(waits.on(link.activationPolicy()));
        String subject = assets.content().clientId();
        ActivationAnswer answer = waits.on(link.activate(
                sign(models, subject, keys, assets.content().sharedSecret().bytes())));
        assets.activated(answer.endpointId());
        waits.on(link.renewed());
        return answer.endpointId();
    }

    /** Activates a device behind this gateway; returns its endpoint id, the same each time. */
    String indirect(boolean restricted, String hardwareId, Map<String, String> metadata, List<String> models)
            throws LinkException, AssetsException {
        IndirectActivation plain = new IndirectActivation(hardwareId, metadata, models, Optional.empty());
        return waits.on(link.activate(signed(plain, restricted))).endpointId();
    }

    /** By the secret of the device, if we were given it; else by our key, if nobody else shall have the device. */
    private IndirectActivation signed(IndirectActivation wish, boolean restricted) throws AssetsException {
        var secret = assets.content().connectedDevices().get(wish.hardwareId());
        if (secret != null) {
            return wish.signed(assets.id(), secret.bytes());
        }
        try {
            return restricted ? wish.signed(assets.id(), assets.requireKeys().getPrivate()) : wish;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("a key that was read cannot sign", unusable);
        }
    }

    private static DirectActivation sign(List<String> models, String subject, KeyPair keys, byte[] secret) {
        try {
            return DirectActivation.sign(models, subject, keys, secret);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("a key that was just made cannot sign", unusable);
        }
    }
}

package io.hawser.iot.registry;

import java.security.PublicKey;
import java.util.Optional;

/**
 * By what a device is known.
 *
 * @param secret what activates it
 * @param publicKey the key that it made for itself when it was activated
 * @param epoch grows whenever what was granted before must end: a token of an older epoch is void
 */
public record DeviceKeys(Optional<Secret> secret, Optional<PublicKey> publicKey, long epoch) {
    /** With {@code newSecret} alone, in a new epoch. */
    DeviceKeys renewed(Optional<Secret> newSecret) {
        return new DeviceKeys(newSecret, Optional.empty(), epoch + 1);
    }

    /** With {@code key} too, in a new epoch. */
    DeviceKeys activated(Optional<PublicKey> key) {
        return new DeviceKeys(secret, key, epoch + 1);
    }

    /** The same in a new epoch. */
    DeviceKeys next() {
        return new DeviceKeys(secret, publicKey, epoch + 1);
    }
}

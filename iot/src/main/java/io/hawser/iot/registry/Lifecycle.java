package io.hawser.iot.registry;

import io.hawser.iot.registry.kept.RegistryException;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What may become of a device, and what it is then. Pure; refuses with a {@link RegistryException}. */
final class Lifecycle {
    /** Who says this is a gateway ({@code specs/iot.md} 1.4). */
    static final String GATEWAY_CAPABILITY = "urn:oracle:iot:dcd:capability:indirect_activation";

    private Lifecycle() {}

    /**
     * By itself; asked once more with the key that it has, nothing changes.
     *
     * @param confirmed whether it was heard with that key
     */
    static Device activate(Device device, PublicKey key, List<String> models, long now, boolean confirmed) {
        boolean again = device.active() && device.keys().publicKey().equals(Optional.of(key));
        if (again) {
            return device;
        }
        boolean lost = device.active() && device.keys().publicKey().isPresent() && !confirmed;
        if (device.state() != DeviceState.REGISTERED && !lost) {
            throw RegistryException.conflict(said(device) + " is " + device.state()
                    + "; rotate its secret so that it can be activated with the new one");
        }
        DeviceDraft draft = new DeviceDraft(device);
        draft.kind = models.contains(GATEWAY_CAPABILITY) ? DeviceKind.GATEWAY : DeviceKind.DIRECTLY_CONNECTED_DEVICE;
        draft.state = DeviceState.ACTIVATED;
        draft.models = models;
        draft.gateway = Optional.empty();
        draft.restricted = false;
        draft.keys = device.keys().activated(Optional.of(key));
        draft.activated = Math.max(now, device.activated() + 1);
        return draft.done();
    }

    /** Through a gateway; asked once more, it is the same device with what is known of it now. */
    static Device join(Device device, String gateway, Joining joining, long now) {
        String before = device.gateway().orElse(gateway);
        if (device.restricted() && !before.equals(gateway)) {
            throw RegistryException.conflict(
                    said(device) + " may be behind gateway " + before + " alone; remove it there first");
        }
        if (device.state() == DeviceState.DISABLED || device.state() == DeviceState.DECOMMISSIONED) {
            throw RegistryException.conflict(said(device) + " is " + device.state());
        }
        if (device.active() && device.kind() != DeviceKind.INDIRECTLY_CONNECTED_DEVICE) {
            throw RegistryException.conflict(said(device) + " is activated by itself, and so behind no gateway");
        }
        DeviceDraft draft = new DeviceDraft(device);
        Map<String, String> metadata = new HashMap<>(device.metadata());
        metadata.putAll(joining.metadata());
        draft.metadata = metadata;
        draft.kind = DeviceKind.INDIRECTLY_CONNECTED_DEVICE;
        draft.state = DeviceState.ACTIVATED;
        draft.models = joining.models();
        draft.gateway = Optional.of(gateway);
        draft.restricted = device.restricted() || joining.restricted();
        draft.activated = device.active() ? device.activated() : now;
        return draft.done();
    }

    static Device disable(Device device) {
        return device.state() == DeviceState.DISABLED ? device : shut(device, DeviceState.DISABLED, device.keys());
    }

    /** Shut out, and its keys are void. */
    static Device revoke(Device device) {
        return shut(device, DeviceState.DISABLED, device.keys().renewed(Optional.empty()));
    }

    static Device decommission(Device device) {
        boolean done = device.state() == DeviceState.DECOMMISSIONED;
        return done
                ? device
                : shut(device, DeviceState.DECOMMISSIONED, device.keys().renewed(Optional.empty()));
    }

    private static Device shut(Device device, DeviceState state, DeviceKeys keys) {
        alive(device);
        DeviceDraft draft = new DeviceDraft(device);
        draft.state = state;
        draft.keys = keys.next();
        return draft.done();
    }

    /** What a disabled device was before: activated if it has ever been and its keys are not void. */
    static Device enable(Device device) {
        alive(device);
        if (device.state() != DeviceState.DISABLED) {
            return device;
        }
        boolean behind = device.kind() == DeviceKind.INDIRECTLY_CONNECTED_DEVICE;
        boolean known = behind || device.keys().publicKey().isPresent();
        if (!known && device.keys().secret().isEmpty()) {
            throw RegistryException.conflict(said(device) + " has no keys; rotate its secret instead");
        }
        DeviceDraft draft = new DeviceDraft(device);
        draft.state = known ? DeviceState.ACTIVATED : DeviceState.REGISTERED;
        return draft.done();
    }

    /** To be activated anew, with {@code secret}. */
    static Device rotate(Device device, Secret secret) {
        alive(device);
        DeviceDraft draft = new DeviceDraft(device);
        draft.state = DeviceState.REGISTERED;
        draft.keys = device.keys().renewed(Optional.of(secret));
        return draft.done();
    }

    private static void alive(Device device) {
        if (device.state() == DeviceState.DECOMMISSIONED) {
            throw RegistryException.conflict(said(device) + " is DECOMMISSIONED; register a new one");
        }
    }

    private static String said(Device device) {
        return "device " + device.id() + " (" + device.hardwareId() + ")";
    }
}

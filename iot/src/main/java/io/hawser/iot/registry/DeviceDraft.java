package io.hawser.iot.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A device that is being changed. Not thread-safe. */
final class DeviceDraft {
    private final String id;
    private final String hardwareId;
    private final String application;
    private final long created;

    String name;
    String description = "";
    Map<String, String> metadata = Map.of();
    DeviceKind kind = DeviceKind.DIRECTLY_CONNECTED_DEVICE;
    DeviceState state = DeviceState.REGISTERED;
    List<String> models = List.of();
    Optional<String> gateway = Optional.empty();
    boolean restricted;
    DeviceKeys keys = new DeviceKeys(Optional.empty(), Optional.empty(), 0);
    long activated;

    /** A new device that has nothing yet. */
    DeviceDraft(String id, String hardwareId, String application, long created) {
        this.id = id;
        this.hardwareId = hardwareId;
        this.application = application;
        this.created = created;
        this.name = hardwareId;
    }

    /** {@code device}, to be changed. */
    DeviceDraft(Device device) {
        this(device.id(), device.hardwareId(), device.application(), device.created());
        name = device.name();
        description = device.description();
        metadata = device.metadata();
        kind = device.kind();
        state = device.state();
        models = device.models();
        gateway = device.gateway();
        restricted = device.restricted();
        keys = device.keys();
        activated = device.activated();
    }

    Device done() {
        return new Device(
                id,
                hardwareId,
                name,
                description,
                metadata,
                application,
                kind,
                state,
                models,
                gateway,
                restricted,
                keys,
                created,
                activated);
    }
}

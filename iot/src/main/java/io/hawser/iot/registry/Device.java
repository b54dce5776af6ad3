package io.hawser.iot.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device as the hub keeps it.
 *
 * @param id its endpoint id, given by the hub
 * @param hardwareId its activation id, given by its maker; unique
 * @param name for people
 * @param description for people
 * @param metadata what is known of it: {@code manufacturer}, {@code serialNumber}, ... ({@code specs/iot.md} 1.5)
 * @param application the id of the application that it belongs to
 * @param kind how it reaches the hub
 * @param state what may be done with it
 * @param models the URNs of its device models, capabilities included, as it said them
 * @param gateway the endpoint id of the gateway that it is behind
 * @param restricted whether it may be behind that gateway alone
 * @param keys by what it is known
 * @param created when, in milliseconds since the epoch
 * @param activated when, the last time; 0 before
 */
public record Device(
        String id,
        String hardwareId,
        String name,
        String description,
        Map<String, String> metadata,
        String application,
        DeviceKind kind,
        DeviceState state,
        List<String> models,
        Optional<String> gateway,
        boolean restricted,
        DeviceKeys keys,
        long created,
        long activated) {
    /** With copies of what is collected. */
    public Device {
        metadata = Map.copyOf(metadata);
        models = List.copyOf(models);
    }

    /** Whether it may take part. */
    public boolean active() {
        return state == DeviceState.ACTIVATED;
    }

    /** Whose polls take what is for it: its gateway's or its own ({@code specs/iot.md} 1.7). */
    public String mailbox() {
        return gateway.orElse(id);
    }
}

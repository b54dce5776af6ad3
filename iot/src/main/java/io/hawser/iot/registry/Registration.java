package io.hawser.iot.registry;

import java.util.Map;
import java.util.Optional;

/**
 * What an operator says of a device that is to come.
 *
 * @param hardwareId its activation id
 * @param application the id of the application that it will belong to
 * @param name for people; empty: the hardware id
 * @param description for people; may be empty
 * @param metadata what is known of it
 * @param secret its shared secret; empty: the hub makes one
 */
public record Registration(
        String hardwareId,
        String application,
        String name,
        String description,
        Map<String, String> metadata,
        Optional<Secret> secret) {
    /** With a copy of the metadata. */
    public Registration {
        metadata = Map.copyOf(metadata);
    }

    /** Nothing but where it belongs. */
    public static Registration of(String hardwareId, String application) {
        return new Registration(hardwareId, application, "", "", Map.of(), Optional.empty());
    }
}

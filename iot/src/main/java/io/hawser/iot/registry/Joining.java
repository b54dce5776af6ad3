package io.hawser.iot.registry;

import java.util.List;
import java.util.Map;

/**
 * What a gateway says of a device behind it ({@code specs/iot.md} 1.5).
 *
 * @param hardwareId the device's activation id
 * @param models the URNs of its device models
 * @param metadata what is known of it
 * @param restricted whether it may be behind this gateway alone
 */
public record Joining(String hardwareId, List<String> models, Map<String, String> metadata, boolean restricted) {
    /** With copies. */
    public Joining {
        models = List.copyOf(models);
        metadata = Map.copyOf(metadata);
    }
}

package io.hawser.iot.registry.policy;

import io.hawser.iot.wire.PolicyChange;
import java.util.List;

/**
 * What one device has to be told, for itself and for those behind it.
 *
 * @param device the endpoint id of a device that polls: the one whose policy changed, or its gateway
 * @param changes the entries, each once, in their order
 */
public record PolicyNotice(String device, List<PolicyChange> changes) {
    /** With a copy of the changes. */
    public PolicyNotice {
        changes = List.copyOf(changes);
    }
}

package io.hawser.iot.device.virtual;

import io.hawser.iot.model.AttributeChange;
import java.util.List;

/**
 * The server sets attributes of a virtual device.
 *
 * @param changes all that it sets at once, without what is so already; at least one
 */
public record ChangeEvent(VirtualDevice virtualDevice, List<AttributeChange> changes) {
    /** An event with a copy of the changes. */
    public ChangeEvent {
        changes = List.copyOf(changes);
    }

    /** The first change, which is the only one unless several attributes are set at once. */
    public AttributeChange change() {
        return changes.get(0);
    }
}

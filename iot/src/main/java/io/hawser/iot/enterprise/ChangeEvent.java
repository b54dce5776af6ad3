package io.hawser.iot.enterprise;

import io.hawser.iot.model.AttributeChange;
import java.util.List;

/**
 * Attributes of a device are other than they were.
 *
 * @param changes what was learnt at once; at least one
 */
public record ChangeEvent(VirtualDevice virtualDevice, List<AttributeChange> changes) {
    /** An event with a copy of the changes. */
    public ChangeEvent {
        changes = List.copyOf(changes);
    }

    /** The first change, which is the only one for a callback of one attribute. */
    public AttributeChange change() {
        return changes.get(0);
    }
}

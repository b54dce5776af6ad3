package io.hawser.iot.gateway;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.Optional;

/** Something that is wanted of a device. */
public sealed interface DeviceWish {
    /** The device, by its endpoint id or its hardware id. */
    String device();

    /** An attribute shall have a value. */
    record Write(String device, String attribute, Value value) implements DeviceWish {}

    /** Several attributes shall have values, all at once. */
    record WriteAll(String device, Fields values) implements DeviceWish {}

    /** An action shall be done; with an argument, if it takes one. */
    record Call(String device, String action, Optional<Value> argument) implements DeviceWish {}
}

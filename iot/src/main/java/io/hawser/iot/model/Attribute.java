package io.hawser.iot.model;

import io.hawser.core.value.Value;
import java.util.Optional;

/**
 * A value that a device has.
 *
 * @param name unique in its model
 * @param alias another name for it; may be empty
 * @param description may be empty
 * @param range of numbers alone
 * @param writable whether an operator may set it; the device itself always may
 * @param defaultValue of the type; within the range
 */
public record Attribute(
        String name,
        String alias,
        String description,
        ValueType type,
        Optional<Range> range,
        boolean writable,
        Optional<Value> defaultValue) {}

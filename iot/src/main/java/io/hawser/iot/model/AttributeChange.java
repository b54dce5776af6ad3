package io.hawser.iot.model;

import java.util.Optional;

/**
 * What an attribute becomes, as the other side says.
 *
 * @param name of the attribute
 * @param value a Double, Long, String, Boolean, Instant or URI, as the model has it
 * @param before what it was, its default included; nothing if nobody knows
 */
public record AttributeChange(String name, Object value, Optional<Object> before) {}

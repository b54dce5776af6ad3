package io.hawser.iot.device.virtual;

import java.util.Optional;

/**
 * What the server wants an attribute to be.
 *
 * @param name of the attribute
 * @param value a Double, Long, String, Boolean, Instant or URI, as the model has it
 * @param before what it was, its default included
 */
public record AttributeChange(String name, Object value, Optional<Object> before) {}

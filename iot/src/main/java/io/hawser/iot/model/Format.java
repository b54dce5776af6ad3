package io.hawser.iot.model;

import java.util.List;
import java.util.Optional;

/**
 * A message of its own that a device can send.
 *
 * @param urn its name on the wire
 * @param name its name for people
 * @param description may be empty
 */
public record Format(String urn, String name, String description, Kind kind, List<Field> fields) {
    /** Which messages have a format. */
    public enum Kind {
        DATA,
        ALERT
    }

    /**
     * A value in such a message.
     *
     * @param name unique in its format
     * @param description may be empty
     * @param optional whether it may be left out
     */
    public record Field(String name, String description, ValueType type, boolean optional) {}

    /** A format with a copy of the fields. */
    public Format {
        fields = List.copyOf(fields);
    }

    /** The field called {@code name}. */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}

package io.hawser.iot.model;

import java.util.Optional;

/**
 * Something that a device can be told to do.
 *
 * @param name unique in its model
 * @param alias another name for it; may be empty
 * @param description may be empty
 * @param argType what it is given; none if it takes no argument
 * @param range of a number that it is given
 */
public record Action(
        String name, String alias, String description, Optional<ValueType> argType, Optional<Range> range) {}

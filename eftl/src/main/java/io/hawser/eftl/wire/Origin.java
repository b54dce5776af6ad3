package io.hawser.eftl.wire;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where an event came from, told to clients that said {@code _hawser} in their login options and to nobody else.
 *
 * @param topic member {@code _topic}: the topic on the bus
 * @param from member {@code _from}: who published it
 * @param time member {@code _time}: when, in milliseconds since 1970-01-01T00:00Z
 */
public record Origin(Optional<String> topic, Optional<String> from, OptionalLong time) {
    /** Nothing is told. */
    public static final Origin NONE = new Origin(Optional.empty(), Optional.empty(), OptionalLong.empty());
}

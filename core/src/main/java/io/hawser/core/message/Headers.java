package io.hawser.core.message;

import java.util.Optional;

/**
 * What the bus knows of a message beside its topic and its fields.
 *
 * @param source where it came in
 * @param time when it came in, in milliseconds since 1970-01-01T00:00Z
 * @param channel the channel it is confined to; empty: it is on the open bus
 */
public record Headers(Source source, long time, Optional<String> channel) {}

package io.hawser.eftl.rest;

import java.time.Duration;

/**
 * How much REST callers may ask for.
 *
 * @param maxPolls how many polls may wait at once, all callers together; one more is refused
 * @param longestPoll how long a poll waits at most, whatever it asks for
 * @param maxMessages how many messages a poll may ask for
 * @param maxBytes about how many bytes of messages one poll is answered with, and at least one message
 */
public record RestLimits(int maxPolls, Duration longestPoll, int maxMessages, long maxBytes) {
    /** Good for most. */
    public static final RestLimits DEFAULT = new RestLimits(1_000, Duration.ofSeconds(60), 1_000, 1 << 20);

    /** Refuses limits that leave no room at all. */
    public RestLimits {
        if (maxPolls < 1 || longestPoll.isNegative() || maxMessages < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("limits too small");
        }
    }
}

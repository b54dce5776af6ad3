package io.hawser.core.message;

import java.time.Duration;

/**
 * Where the answer to a message goes: whoever answers publishes on the topic {@code inbox}, confined to the channel of the
 * same name, with the same correlation.
 *
 * @param inbox a topic that only the one who asked knows, and those it asks
 * @param correlation tells its requests apart
 * @param until when who asked stops waiting, in milliseconds since 1970-01-01T00:00Z; what is not done by then should not be done
 */
public record ReplyTo(String inbox, long correlation, long until) {
    /** Of somebody who waits for ever. */
    public ReplyTo(String inbox, long correlation) {
        this(inbox, correlation, Long.MAX_VALUE);
    }

    /** {@code most}, or what is left at {@code now} until nobody waits any more, if that is less. */
    public Duration patience(long now, Duration most) {
        return until - now < most.toMillis() ? Duration.ofMillis(Math.max(0, until - now)) : most;
    }
}

package io.hawser.app.hub;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day when the hub started, and what has passed since: nothing ends early or late because somebody sets the
 * clock on the wall while the hub runs.
 */
final class SteadyClock implements InstantSource {
    private final LongSupplier nanos;
    private final long startNanos;
    private final Instant start;

    /** Starts now: at what {@code wall} says, with {@code nanos} measuring from there. */
    SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.start = wall.instant();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }
}

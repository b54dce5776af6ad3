package io.hawser.iot.registry.history;

import java.time.InstantSource;
import java.util.TreeMap;

/**
 * When messages came: never earlier than those before, and never at a time of which somebody has been told everything. Owner: the
 * registry's.
 */
final class ReceiveTimes {
    private final InstantSource clock;
    /** How many calls are on their way to the store, by when they came. */
    private final TreeMap<Long, Integer> coming = new TreeMap<>();

    private long last;
    private long told;

    ReceiveTimes(InstantSource clock) {
        this.clock = clock;
    }

    /** Nothing comes before {@code time}. */
    void notBefore(long time) {
        last = Math.max(last, time);
    }

    /** The time of a call that comes now; it {@link #ended} when it is seen or has failed. */
    long begin() {
        notBefore(Math.max(clock.millis(), told + 1));
        coming.merge(last, 1, Integer::sum);
        return last;
    }

    void ended(long time) {
        coming.computeIfPresent(time, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Up to which time everything that will ever have come is seen. */
    long told() {
        told = coming.isEmpty() ? Math.max(clock.millis(), last) : coming.firstKey() - 1;
        return told;
    }
}

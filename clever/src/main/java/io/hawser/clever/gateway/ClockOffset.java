package io.hawser.clever.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/**
 * How far a copter's clock is from ours, out of requests for its {@code time}: its answer was made somewhere between our question
 * and its arrival. The question with the shortest way of the last ones counts, so a slow one spoils nothing.
 */
final class ClockOffset {
    private static final int KEPT = 8;
    /** Clocks of small machines drift by some 50 us in a second. */
    private static final double DRIFT = 50e-6;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * What is known.
     *
     * @param seconds how much the copter's clock is ahead of ours
     * @param uncertainty by how many seconds that may be wrong, at most
     */
    record Estimate(double seconds, double uncertainty) {}

    private record Sample(double offset, double uncertainty, long nanos) {
        double uncertaintyAt(long now) {
            return uncertainty + DRIFT * (now - nanos) / 1e9;
        }
    }

    /**
     * An answer has come.
     *
     * @param asked our clock when it was asked, in seconds since 1970-01-01T00:00Z
     * @param way how long it was on its way, there and back
     * @param told what the copter's clock said
     * @param nanos when, by a clock that nobody sets
     */
    void answered(double asked, Duration way, double told, long nanos) {
        double half = way.toNanos() / 2e9;
        samples.addLast(new Sample(told - (asked + half), half, nanos));
        if (samples.size() > KEPT) {
            samples.removeFirst();
        }
    }

    /** What is known at {@code nanos}; empty before the first answer. */
    Optional<Estimate> estimate(long nanos) {
        return samples.stream()
                .min(Comparator.comparingDouble(sample -> sample.uncertaintyAt(nanos)))
                .map(sample -> new Estimate(sample.offset, sample.uncertaintyAt(nanos)));
    }
}

package io.hawser.clever.gateway;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/**
 * How far a copter's clock is from ours, out of requests for its {@code time}: its answer was made somewhere between our question
 * and its arrival. The question with the shortest way of the last ones counts, so a slow one spoils nothing.
 *
 * <p>What is kept is how far its clock is from one that nobody sets, and ours is looked at when somebody asks: when our clock is set,
 * that is in the next estimate. When the copter's clock is set, its next answer contradicts the earlier ones, which then go.
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

    /** @param ahead by how many seconds the copter's clock is ahead of the one that nobody sets */
    private record Sample(double ahead, double uncertainty, long nanos) {
        double uncertaintyAt(long now) {
            return uncertainty + DRIFT * (now - nanos) / 1e9;
        }

        boolean contradicts(Sample earlier) {
            return Math.abs(ahead - earlier.ahead) > uncertainty + earlier.uncertaintyAt(nanos);
        }
    }

    /**
     * An answer has come.
     *
     * @param asked when it was asked, by a clock that nobody sets, in nanoseconds
     * @param told what the copter's clock said, in seconds since 1970-01-01T00:00Z
     * @param now when the answer came, by the same clock as {@code asked}
     */
    void answered(long asked, double told, long now) {
        double half = (now - asked) / 2e9;
        Sample sample = new Sample(told - asked / 1e9 - half, half, now);
        samples.removeIf(sample::contradicts);
        samples.addLast(sample);
        if (samples.size() > KEPT) {
            samples.removeFirst();
        }
    }

    /**
     * What is known now; empty before the first answer.
     *
     * @param now by the clock that nobody sets, in nanoseconds
     * @param ours what our clock says at the same moment, in seconds since 1970-01-01T00:00Z
     */
    Optional<Estimate> estimate(long now, double ours) {
        return samples.stream()
                .min(Comparator.comparingDouble(sample -> sample.uncertaintyAt(now)))
                .map(sample -> new Estimate(sample.ahead + now / 1e9 - ours, sample.uncertaintyAt(now)));
    }
}

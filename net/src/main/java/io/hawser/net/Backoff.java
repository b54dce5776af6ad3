package io.hawser.net;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt to connect: twice as long after each failure, with chance, so that a thousand
 * clients do not come back at once.
 *
 * @param first before the second attempt
 * @param max never longer than this
 * @param jitter which part of a wait is left to chance, 0 to 1
 */
public record Backoff(Duration first, Duration max, double jitter) {
    private static final int DOUBLINGS = 30;

    /** Checked: positive times, {@code first} not above {@code max}. */
    public Backoff {
        if (first.isZero() || first.isNegative() || max.compareTo(first) < 0 || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("a back-off needs 0 < first <= max and a jitter from 0 to 1");
        }
    }

    /**
     * The wait after {@code failures} failed attempts in a row, at least 1.
     *
     * @param chance gives numbers from 0 to 1
     */
    public Duration after(int failures, DoubleSupplier chance) {
        double doubled = first.toNanos() * (double) (1L << Math.min(Math.max(failures, 1) - 1, DOUBLINGS));
        double wait = Math.min(doubled, (double) max.toNanos());
        return Duration.ofNanos((long) (wait * (1 - jitter * chance.getAsDouble())));
    }
}

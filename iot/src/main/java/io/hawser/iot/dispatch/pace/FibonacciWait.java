package io.hawser.iot.dispatch.pace;

import io.hawser.iot.link.LinkException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave the server alone after calls that failed: 1, 1, 2, 3, 5, 8, ... times a unit ({@code specs/iot.md} 3.4), a little
 * longer by chance so that a thousand devices do not come back at once, and never shorter than the server asked for, up to an hour.
 * Whoever cannot be reached is tried at least every 13 units, a busy server at least every 144. Owner: a loop.
 */
public final class FibonacciWait {
    private static final int[] FIBONACCI = {0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144};
    private static final int MOST_WHEN_BUSY = 12;
    private static final int MOST_ELSE = 7;
    private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

    private final Duration unit;
    private final double jitter;
    private final RandomGenerator random;
    private int failures;

    /** Has not failed yet; {@code jitter} is the part by which a wait may be longer, 0 to 1. */
    public FibonacciWait(Duration unit, double jitter, RandomGenerator random) {
        this.unit = unit;
        this.jitter = jitter;
        this.random = random;
    }

    /** The wait after one more failure. */
    public Duration failed(LinkException why) {
        int most = why.kind() == LinkException.Kind.BUSY ? MOST_WHEN_BUSY : MOST_ELSE;
        failures = Math.min(failures + 1, MOST_WHEN_BUSY);
        Duration wait = times(Math.min(failures, most));
        Duration asked = askedFor(why);
        return longer(asked.compareTo(wait) > 0 ? asked : wait);
    }

    /** What the server asked for, and chance adds; zero if it did not ask. */
    public Duration asked(LinkException why) {
        return longer(askedFor(why));
    }

    /** The wait after {@code count} failures, at least 1, of something else. */
    public Duration after(int count) {
        return longer(times(Math.min(count, MOST_WHEN_BUSY)));
    }

    /** A call has succeeded. */
    public void reset() {
        failures = 0;
    }

    /** The Fibonacci number {@code index} from 1: 1, 1, 2, 3, ... up to 144. */
    public static int number(int index) {
        return FIBONACCI[Math.min(index, FIBONACCI.length - 1)];
    }

    private Duration times(int index) {
        return unit.multipliedBy(number(index));
    }

    private Duration longer(Duration wait) {
        return wait.plusNanos((long) (wait.toNanos() * jitter * random.nextDouble()));
    }

    private static Duration askedFor(LinkException why) {
        Duration asked = why.retryAfter().orElse(Duration.ZERO);
        return asked.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : asked;
    }
}

package io.hawser.eftl.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * How long to wait before all servers are tried once more: 1 s, 2 s, 4 s, ... each multiplied by a factor of 0.5 to 1.5, and
 * at most a limit ({@code specs/eftl.md} 1.15). Owner: the loop.
 */
final class Backoff {
    private static final long FIRST_MILLIS = 1_000;
    private static final int MOST_DOUBLINGS = 40;

    private final int attempts;
    private final Duration limit;
    private final Random random;
    private int waits;

    /** At most {@code attempts} waits in a row, none longer than {@code limit}. */
    Backoff(int attempts, Duration limit, Random random) {
        this.attempts = attempts;
        this.limit = limit;
        this.random = random;
    }

    /** The next wait, empty if there were enough. */
    Optional<Duration> next() {
        if (waits >= attempts) {
            return Optional.empty();
        }
        double grown = FIRST_MILLIS * (double) (1L << Math.min(waits, MOST_DOUBLINGS));
        double jittered = grown * (0.5 + random.nextDouble());
        waits++;
        return Optional.of(Duration.ofMillis(Math.min((long) jittered, limit.toMillis())));
    }

    /** Somebody answered: the next wait is the first again. */
    void reset() {
        waits = 0;
    }
}

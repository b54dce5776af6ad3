package io.hawser.iot.dispatch.kept;

import java.time.Duration;

/**
 * How much is kept on disk.
 *
 * @param maxBytes JSON of all rows; what comes beyond it is not kept
 * @param maxAge how long a message is kept
 */
public record KeptLimits(long maxBytes, Duration maxAge) {
    /** 64 MiB, for 30 days. */
    public static final KeptLimits DEFAULT = new KeptLimits(64L << 20, Duration.ofDays(30));

    /** Checked: both are positive. */
    public KeptLimits {
        if (maxBytes < 1 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("limits of what is kept must be positive: " + maxBytes + ", " + maxAge);
        }
    }
}

package io.hawser.net.http;

import java.time.Duration;

/**
 * What a request may cost. The length of heads is {@link io.hawser.net.NetLimits#maxHeaderBytes}.
 *
 * @param maxBodyBytes longest body that is taken; a longer one is answered with 413
 * @param headTimeout how long a client may take from connecting, or from the first byte of a later request, to the end
 *     of the request's head
 * @param bodyTimeout how long a body may bring nothing, and how long one that is read as a whole may take
 * @param sendTimeout how long a client may read nothing while an answer waits for it
 * @param idleTimeout how long a connection may stay open between two requests
 */
public record HttpLimits(
        long maxBodyBytes, Duration headTimeout, Duration bodyTimeout, Duration sendTimeout, Duration idleTimeout) {
    private static final long MIB = 1024 * 1024;

    /** Checked limits: all positive. */
    public HttpLimits {
        if (maxBodyBytes <= 0
                || !positive(headTimeout)
                || !positive(bodyTimeout)
                || !positive(sendTimeout)
                || !positive(idleTimeout)) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** Good for most. */
    public static HttpLimits defaults() {
        return new HttpLimits(
                MIB, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /** These, with another limit of a body. */
    public HttpLimits withMaxBodyBytes(long bytes) {
        return new HttpLimits(bytes, headTimeout, bodyTimeout, sendTimeout, idleTimeout);
    }

    private static boolean positive(Duration limit) {
        return !limit.isNegative() && !limit.isZero();
    }
}

package io.hawser.ivy;

/**
 * What becomes of texts for an agent that reads so slowly that {@code IvyLimits.maxUnsentBytes} wait for it. The others are
 * never delayed.
 */
public enum IvyOverflow {
    /** They are lost and counted, and {@link IvyListener#congested} is told; when it reads on it gets the next ones. */
    DROP,
    /** It is cut off, and {@link IvyListener#left} is told. */
    DISCONNECT
}

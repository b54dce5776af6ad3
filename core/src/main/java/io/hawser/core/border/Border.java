package io.hawser.core.border;

/**
 * Stands between one gateway and the open bus. Inside is the bus; outside, topics are those that the gateway itself speaks
 * of, such as {@code ivy/lab/FLIGHT}.
 *
 * @param in what comes from the gateway onto the bus
 * @param out what goes from the bus to the gateway
 */
public record Border(Crossing in, Crossing out) {
    /** Everything passes as it is. */
    public static final Border OPEN = new Border(Crossing.OPEN, Crossing.OPEN);
}

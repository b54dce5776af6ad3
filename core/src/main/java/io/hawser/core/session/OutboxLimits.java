package io.hawser.core.session;

/**
 * How much may wait for one party.
 *
 * @param deliveries the most messages
 * @param bytes the most bytes, by {@link io.hawser.core.message.Message#weight()}; one message always fits
 */
public record OutboxLimits(int deliveries, long bytes) {
    /** 10,000 messages and 8 MiB. */
    public static final OutboxLimits DEFAULT = new OutboxLimits(10_000, 8L << 20);
}

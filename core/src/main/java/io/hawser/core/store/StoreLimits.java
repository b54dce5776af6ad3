package io.hawser.core.store;

/**
 * How much one durable may hold; policy when full: the publisher is refused.
 *
 * @param messages the most messages
 * @param bytes the most bytes, by {@link io.hawser.core.message.Message#weight()}
 */
public record StoreLimits(int messages, long bytes) {
    /** 100,000 messages and 64 MiB. */
    public static final StoreLimits DEFAULT = new StoreLimits(100_000, 64L << 20);
}

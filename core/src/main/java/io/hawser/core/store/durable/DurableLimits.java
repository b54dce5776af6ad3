package io.hawser.core.store.durable;

import io.hawser.core.store.StoreException;

/**
 * How much one durable may hold; policy when full: the publisher is refused.
 *
 * @param messages the most messages
 * @param bytes the most bytes, by {@link io.hawser.core.message.Message#weight()}
 */
public record DurableLimits(int messages, long bytes) {
    /** 100,000 messages and 64 MiB. */
    public static final DurableLimits DEFAULT = new DurableLimits(100_000, 64L << 20);

    /** What a publisher hears whose message the durable {@code name} has no room for. */
    public StoreException full(DurableName name) {
        return new StoreException("durable " + name + " is full (" + messages + " messages or " + bytes
                + " bytes); consume from it, delete it, or raise its limit");
    }
}

package io.hawser.core.store.durable;

import java.util.List;

/**
 * Somebody who takes messages out of a durable. Callable from any thread, takes effect in the order of the calls.
 *
 * <p>Nothing is delivered beyond the credit given by {@link #request}. What was delivered and neither acknowledged, rejected
 * nor withdrawn, and not followed by {@link #close()}, is held for this consumer. Of a last-value durable nothing is held:
 * acknowledging and rejecting do nothing there.
 */
public interface DurableConsumer {
    /** Allows {@code messages} more deliveries. */
    void request(int messages);

    /** The messages with these store ids are done with; what is not held for this consumer is ignored. */
    void acknowledge(List<Long> ids);

    /** Every message held for this consumer with a store id up to {@code id} is done with. */
    void acknowledgeUpTo(long id);

    /**
     * The messages with these store ids could not be used: they go out again, counted; of a shared durable to somebody else,
     * if somebody else has credit. What is not held for this consumer is ignored.
     */
    void reject(List<Long> ids);

    /** Ends deliveries; what is not acknowledged goes out again to the next consumer, counted. */
    void close();

    /** What a consumer hears, on the executor it named, in order. */
    interface Listener {
        /** Messages in the order of the durable, at most as many as were requested. */
        void delivered(List<StoredMessage> messages);

        /**
         * The messages with these store ids are held for this consumer no more: it took too long to acknowledge them, or they
         * were purged or dropped. The credit they took is not given back: {@link DurableConsumer#request} as many.
         */
        void withdrawn(List<Long> ids);

        /**
         * The durable is gone, or a newer consumer took its place; nothing more comes, and {@link DurableConsumer#close} is
         * not needed.
         */
        void displaced();
    }
}

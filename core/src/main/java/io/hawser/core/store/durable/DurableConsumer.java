package io.hawser.core.store.durable;

import java.util.List;

/**
 * Somebody who takes messages out of a durable. Callable from any thread, takes effect in the order of the calls.
 *
 * <p>Nothing is delivered beyond the credit given by {@link #request}. What was delivered and neither acknowledged nor
 * followed by {@link #close()} is held for this consumer.
 */
public interface DurableConsumer {
    /** Allows {@code messages} more deliveries. */
    void request(int messages);

    /** The messages with these store ids are done with; unknown ids are ignored. */
    void acknowledge(List<Long> ids);

    /** Ends deliveries; what is not acknowledged goes out again to the next consumer, counted. */
    void close();

    /** What a consumer hears, on the executor it named, in order. */
    interface Listener {
        /** Messages in the order of the durable, at most as many as were requested. */
        void delivered(List<StoredMessage> messages);

        /** A newer consumer took the durable's place; nothing more comes, and {@link DurableConsumer#close} is not needed. */
        void displaced();
    }
}

package io.hawser.core.store.durable;

import java.util.List;

/**
 * Somebody who reads what a durable keeps and takes nothing out of it. Callable from any thread, takes effect in the order of
 * the calls.
 *
 * <p>Nothing is told beyond the credit given by {@link #request}. Whoever has none is held at its place and takes no memory;
 * what the durable drops meanwhile it never sees.
 */
public interface DurableReader {
    /** Allows {@code messages} more to be told. */
    void request(int messages);

    /** Nothing more is told after what is on its way. */
    void close();

    /** What a reader hears, on the executor it named, in order. */
    interface Listener {
        /** Messages in the order of their store ids, at most as many as were requested; each is safe. */
        void read(List<StoredMessage> messages);

        /** The durable is gone; nothing more comes, and {@link DurableReader#close} is not needed. */
        void ended();
    }
}

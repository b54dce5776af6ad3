package io.hawser.store.nats;

import io.hawser.core.store.StoreException;

/** Hears how a store on NATS does, on a thread of the store: no call may take long. */
@FunctionalInterface
public interface NatsListener {
    /** Another hub has taken it, or its streams are gone: from now on nothing is acknowledged. Told once. */
    void failed(StoreException why);

    /** NATS does not take what is to be kept, from now on; it is there in the beginning. {@code text} is for people. */
    default void away(String text) {}

    /** It takes what is to be kept again. {@code text} is for people. */
    default void back(String text) {}
}

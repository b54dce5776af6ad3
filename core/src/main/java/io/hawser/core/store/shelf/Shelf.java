package io.hawser.core.store.shelf;

import java.util.Arrays;
import java.util.Optional;

/**
 * Sorted bytes: keys are compared byte by byte, unsigned. Belongs to the store's thread; what it hands out must not be
 * changed. Every method throws {@link io.hawser.core.store.StoreException} when the engine fails.
 */
public interface Shelf {
    /** What is under {@code key}, empty if nothing is. */
    Optional<byte[]> get(byte[] key);

    /** Shows the keys from {@code from} on with their values, in order, until {@code visitor} has enough; it changes nothing. */
    void walk(byte[] from, Visitor visitor);

    /** Shows the keys that begin with {@code prefix}, from {@code from} on. */
    default void walk(byte[] prefix, byte[] from, Visitor visitor) {
        walk(from, (key, value) -> {
            boolean inside =
                    key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
            return inside && visitor.visit(key, value);
        });
    }

    /** Whom keys are shown to. */
    @FunctionalInterface
    interface Visitor {
        /** Returns true for more. */
        boolean visit(byte[] key, byte[] value);
    }
}

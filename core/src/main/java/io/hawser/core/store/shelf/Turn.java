package io.hawser.core.store.shelf;

/**
 * What the store's thread does at once: all of it is kept or nothing. Reads see what was changed before them in the same
 * turn.
 */
public interface Turn extends Shelf {
    /** The time of this turn, milliseconds since the epoch. */
    long now();

    /** Keeps {@code value} under {@code key}; neither may be changed afterwards. */
    void put(byte[] key, byte[] value);

    /** Removes what is under {@code key}. */
    void delete(byte[] key);

    /** Does {@code news} once everything of this turn is as safe as the engine keeps anything. */
    void afterwards(Runnable news);
}

package io.hawser.core.store.shelf;

/** Something that lives on a shelf and nowhere else. Belongs to the store's thread. */
public interface Book {
    /** Does what the work of this turn made possible, and a bounded piece of what waits for a quiet moment. */
    void turn(Turn turn);

    /**
     * When a turn has work for it even if nobody asks for anything: milliseconds since the epoch, 0 for at once,
     * {@link Long#MAX_VALUE} for never.
     */
    long due();
}

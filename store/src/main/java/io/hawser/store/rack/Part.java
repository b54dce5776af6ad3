package io.hawser.store.rack;

/**
 * Something that keeps its state on the rack: durables, maps. Belongs to the writer, which calls it in every turn after the
 * steps; whatever it changes goes into the round.
 */
public interface Part {
    /** Does what the steps of this round made possible, and a bounded piece of what waits for a quiet moment. */
    void turn(Round round);

    /**
     * When a turn has work for it even if nobody asks for anything: milliseconds since the epoch, 0 for at once,
     * {@link Long#MAX_VALUE} for never.
     */
    long due();
}

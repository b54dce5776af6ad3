package io.hawser.store.durable;

import io.hawser.store.rack.Family;
import io.hawser.store.rack.Round;

/**
 * Gives the room of messages back that nobody needs any more, file by file; the database's own compaction does the rest, in
 * its time. Owner: the writer.
 *
 * <p>That nobody needs a message is on stable storage before its file goes: what {@link #go} finds in one round is dropped in
 * a later one, when the acknowledgements that it was found by are synced.
 */
final class Tidying {
    /** At least so long between two times, in milliseconds. */
    private static final long PAUSE = 1_000;

    private long due = Long.MAX_VALUE;
    /** No message before this id is needed, and that is on stable storage. */
    private volatile long unneeded;

    private long dropped;

    /** There is something to tidy up. */
    void begin(long now) {
        due = Math.min(due, now + PAUSE);
    }

    /** When, milliseconds since the epoch. */
    long due() {
        return due;
    }

    /** Drops what was found and synced meanwhile, and finds out that nobody needs a message before {@code lowest}. */
    void go(Round round, long lowest) {
        long safe = unneeded;
        if (safe > dropped) {
            round.rack().drop(Family.MESSAGES, Layout.number(0), Layout.number(safe));
            dropped = safe;
        }
        due = lowest > dropped ? round.now() + PAUSE : Long.MAX_VALUE;
        round.sync();
        round.afterwards(() -> unneeded = lowest);
    }
}

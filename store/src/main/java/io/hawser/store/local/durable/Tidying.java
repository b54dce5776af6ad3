package io.hawser.store.local.durable;

import io.hawser.store.local.disk.Family;
import io.hawser.store.local.disk.Round;

/**
 * Gives the room of messages back that nobody needs any more, file by file; the database's own compaction does the rest, in
 * its time. Owner: the writer.
 *
 * <p>That nobody needs a message is on stable storage before its file goes: what {@link #go} finds in one round, whose
 * acknowledgements are synced with it, goes in a later one.
 */
final class Tidying {
    /** At least so long between two times, in milliseconds. */
    private static final long PAUSE = 1_000;

    private long due = Long.MAX_VALUE;
    private long unneeded;

    /** There is something to tidy up. */
    void begin(long now) {
        due = Math.min(due, now + PAUSE);
    }

    /** When, milliseconds since the epoch. */
    long due() {
        return due;
    }

    /** Drops what was found the last time, and finds out that nobody needs a message before {@code lowest}. */
    void go(Round round, long lowest) {
        if (unneeded > 0) {
            round.disk().drop(Family.MESSAGES, Layout.number(0), Layout.number(unneeded));
        }
        due = lowest > unneeded ? round.now() + PAUSE : Long.MAX_VALUE;
        unneeded = lowest;
        round.sync();
    }
}

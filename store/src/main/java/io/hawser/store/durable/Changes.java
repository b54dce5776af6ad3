package io.hawser.store.durable;

import io.hawser.core.store.ledger.Kept;
import java.util.HashMap;
import java.util.Map;

/** What the turns of one round have in common. Owner: the writer. */
final class Changes {
    private final Map<Long, Kept> appended = new HashMap<>();
    private boolean forgotten;

    /** What this round appends, which the database does not have yet. */
    Map<Long, Kept> appended() {
        return appended;
    }

    /** A message is needed no more. */
    void forget() {
        forgotten = true;
    }

    /** True if messages were needed no more since this was asked last. */
    boolean takeForgotten() {
        boolean was = forgotten;
        forgotten = false;
        return was;
    }
}

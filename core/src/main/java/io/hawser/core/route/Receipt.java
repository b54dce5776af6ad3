package io.hawser.core.route;

import java.util.concurrent.CompletableFuture;

/** What became of a publication. */
public sealed interface Receipt {
    /** True if the hub lags: whoever brings in more should stop reading for a moment. */
    boolean lagging();

    /** How many took it or will: live subscriptions, and durables that receive. */
    int receivers();

    /** What became of this message and of what was said further of it; a refusal counts if nobody took either. */
    default Receipt and(Receipt further) {
        if (further instanceof Refused) {
            return this instanceof Routed && receivers() == 0 ? further : this;
        }
        int all = receivers() + further.receivers();
        boolean lags = lagging() || further.lagging();
        if (this instanceof Storing mine) {
            return new Storing(
                    all,
                    further instanceof Storing theirs
                            ? mine.stored().thenCombine(theirs.stored(), (id, later) -> id)
                            : mine.stored(),
                    lags);
        }
        return further instanceof Storing theirs ? new Storing(all, theirs.stored(), lags) : new Routed(all, lags);
    }

    /**
     * Handed to everybody who is there; nobody needs it kept.
     *
     * @param receivers how many live subscriptions it was handed to
     */
    record Routed(int receivers, boolean lagging) implements Receipt {}

    /**
     * Handed to everybody who is there, and on its way into the store.
     *
     * @param receivers how many live subscriptions and durables it was handed to that receive
     * @param stored completes on the store's thread with the store id when it is safe; acknowledge then, not before
     */
    record Storing(int receivers, CompletableFuture<Long> stored, boolean lagging) implements Receipt {}

    /**
     * Not taken.
     *
     * @param reason for the user
     */
    record Refused(String reason) implements Receipt {
        @Override
        public boolean lagging() {
            return false;
        }

        @Override
        public int receivers() {
            return 0;
        }
    }

    /**
     * Not taken, because the border of its gateway does not let it pass: as it was configured, so nobody needs to be told
     * but who waits for an answer.
     *
     * @param reason for the user
     */
    record KeptOut(String reason) implements Receipt {
        @Override
        public boolean lagging() {
            return false;
        }

        @Override
        public int receivers() {
            return 0;
        }
    }
}

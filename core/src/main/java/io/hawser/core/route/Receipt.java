package io.hawser.core.route;

import java.util.concurrent.CompletableFuture;

/** What became of a publication. */
public sealed interface Receipt {
    /** True if the hub lags: whoever brings in more should stop reading for a moment. */
    boolean lagging();

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
    }
}

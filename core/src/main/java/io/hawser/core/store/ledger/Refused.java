package io.hawser.core.store.ledger;

import io.hawser.core.store.StoreException;

/** What was asked for is not done, nothing is changed, and the store goes on. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final StoreException why;

    Refused(StoreException why) {
        super(why);
        this.why = why;
    }

    /** What whoever asked is told. */
    StoreException why() {
        return why;
    }
}

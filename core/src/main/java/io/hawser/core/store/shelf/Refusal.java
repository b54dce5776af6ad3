package io.hawser.core.store.shelf;

import io.hawser.core.store.StoreException;

/** A piece of work cannot be done, and has changed nothing; the engine goes on. Belongs to the store's thread, goes no further. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StoreException why;

    /** With what the caller is told. */
    public Refusal(StoreException why) {
        super(why.getMessage(), why, false, false);
        this.why = why;
    }

    /** What the caller is told. */
    public StoreException why() {
        return why;
    }
}

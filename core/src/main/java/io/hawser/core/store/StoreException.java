package io.hawser.core.store;

/** The store refused or failed; the text says what and what to do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a text for the user. */
    public StoreException(String message) {
        super(message);
    }
}

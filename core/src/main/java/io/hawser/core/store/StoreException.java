package io.hawser.core.store;

/** The store refused or failed; the text says what and what to do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a text for the user. */
    public StoreException(String message) {
        super(message);
    }

    /** With a text for the user and what was behind it. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Nothing more is taken because the store was closed. */
    public static StoreException closed() {
        return new StoreException("the store is closed; publish again after the restart");
    }
}

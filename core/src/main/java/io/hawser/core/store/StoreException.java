package io.hawser.core.store;

import io.hawser.core.count.Counters;

/** The store refused or failed; the text says what and what to do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 2L;

    /** The limit that was reached; empty if it was none. */
    private final String limit;

    /** With a text for the user. */
    public StoreException(String message) {
        this("", message);
    }

    /** With a text for the user and what was behind it. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
        this.limit = "";
    }

    private StoreException(String limit, String message) {
        super(message);
        this.limit = limit;
    }

    /** Somebody wanted more than {@code limit} allows, which is named as it is configured: {@code maps.keys}. */
    public static StoreException limit(String limit, String message) {
        return new StoreException(limit, message);
    }

    /** Counts the limit that was reached, if one was; for whoever tells this to a party. */
    public void countIn(Counters counters) {
        if (!limit.isEmpty()) {
            counters.limit(limit).reached();
        }
    }

    /** Nothing more is taken because the store was closed. */
    public static StoreException closed() {
        return new StoreException("the store is closed; publish again after the restart");
    }
}

package io.hawser.clever;

/** There is no connection, or it ended first; what was sent may be done all the same. */
public final class CleverClosedException extends CleverException {
    private static final long serialVersionUID = 1L;

    CleverClosedException(String message) {
        super(message);
    }
}

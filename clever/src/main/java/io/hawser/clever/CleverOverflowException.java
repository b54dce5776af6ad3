package io.hawser.clever;

/** Too much waits to be sent already; nothing was sent. */
public final class CleverOverflowException extends CleverException {
    private static final long serialVersionUID = 1L;

    CleverOverflowException(String message) {
        super(message);
    }
}

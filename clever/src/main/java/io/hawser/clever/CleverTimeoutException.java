package io.hawser.clever;

/** No answer came in time; what was asked for may be done all the same. */
public final class CleverTimeoutException extends CleverException {
    private static final long serialVersionUID = 1L;

    CleverTimeoutException(String message) {
        super(message);
    }
}

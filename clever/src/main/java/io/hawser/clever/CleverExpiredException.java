package io.hawser.clever;

/** It could not be sent in time, and was not sent. */
public final class CleverExpiredException extends CleverException {
    private static final long serialVersionUID = 1L;

    CleverExpiredException(String message) {
        super(message);
    }
}

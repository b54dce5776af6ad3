package io.hawser.clever;

/** Only peers of ours can do that, and this one is none. */
public final class CleverUnsupportedException extends CleverException {
    private static final long serialVersionUID = 1L;

    CleverUnsupportedException(String message) {
        super(message);
    }
}

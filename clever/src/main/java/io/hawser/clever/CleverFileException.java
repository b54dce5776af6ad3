package io.hawser.clever;

/** A file could not be read or written here. */
public final class CleverFileException extends CleverException {
    private static final long serialVersionUID = 1L;

    CleverFileException(String message) {
        super(message);
    }
}

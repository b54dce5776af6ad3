package io.hawser.clever;

import io.hawser.clever.engine.Failure;

/** Something that was asked for was not done; the type says what kind of thing went wrong, the text what and why. */
public sealed class CleverException extends RuntimeException
        permits CleverClosedException,
                CleverExpiredException,
                CleverFileException,
                CleverOverflowException,
                CleverRefusedException,
                CleverTimeoutException,
                CleverUnsupportedException {
    private static final long serialVersionUID = 1L;

    CleverException(String message) {
        super(message);
    }

    static CleverException of(Failure why) {
        return switch (why.kind()) {
            case REFUSED -> new CleverRefusedException(why.reason());
            case CLOSED -> new CleverClosedException(why.reason());
            case TIMEOUT -> new CleverTimeoutException(why.reason());
            case EXPIRED -> new CleverExpiredException(why.reason());
            case OVERFLOW -> new CleverOverflowException(why.reason());
            case FILE -> new CleverFileException(why.reason());
            case UNSUPPORTED -> new CleverUnsupportedException(why.reason());
        };
    }
}

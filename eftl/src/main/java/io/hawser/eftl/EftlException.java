package io.hawser.eftl;

import io.hawser.eftl.engine.Failure;

/** Something that was asked for was not done; the type says what kind of thing went wrong, the text what and why. */
public sealed class EftlException extends RuntimeException
        permits EftlAlreadyConnectedException,
                EftlClosedException,
                EftlConnectException,
                EftlMessageTooLargeException,
                EftlOverflowException,
                EftlRefusedException,
                EftlTimeoutException,
                EftlUnsupportedException {
    private static final long serialVersionUID = 1L;

    private final int code;

    EftlException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The protocol's error or close code, as listed in {@code specs/eftl.md} 1.10 and 1.11; 0 if there is none. */
    public int code() {
        return code;
    }

    static EftlException of(Failure why) {
        return switch (why.kind()) {
            case REFUSED -> new EftlRefusedException(why.code(), why.reason());
            case CLOSED -> new EftlClosedException(why.code(), why.reason());
            case TIMEOUT -> new EftlTimeoutException(why.code(), why.reason());
            case TOO_LARGE -> new EftlMessageTooLargeException(why.code(), why.reason());
            case UNSUPPORTED -> new EftlUnsupportedException(why.reason());
        };
    }
}

package io.hawser.eftl.rest;

import io.hawser.eftl.wire.EftlError;

/** What a caller asked for is not done; the text is for the user. Carries no stack trace: it tells about the caller. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final EftlError error;

    /** Answered with the HTTP status {@code status} and the code of {@code error}. */
    RefusedException(int status, EftlError error, String reason) {
        super(reason, null, false, false);
        this.status = status;
        this.error = error;
    }

    int status() {
        return status;
    }

    EftlError error() {
        return error;
    }
}

package io.hawser.net.http;

import java.io.IOException;
import java.io.Serial;

/** What came instead of an answer is no HTTP, or is longer than the client takes; the message says which. */
public final class UnsoundAnswerException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    UnsoundAnswerException(String message) {
        super(message);
    }
}

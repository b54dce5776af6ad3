package io.hawser.eftl;

/** The message is longer than the server's limit; it was not sent. */
public final class EftlMessageTooLargeException extends EftlException {
    private static final long serialVersionUID = 1L;

    EftlMessageTooLargeException(int code, String message) {
        super(code, message);
    }
}

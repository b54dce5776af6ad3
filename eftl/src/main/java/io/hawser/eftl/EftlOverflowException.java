package io.hawser.eftl;

/** Too much waits for the server's answers already; it was not sent. See {@link EftlOptions#maxUnacknowledged}. */
public final class EftlOverflowException extends EftlException {
    private static final long serialVersionUID = 1L;

    EftlOverflowException(int code, String message) {
        super(code, message);
    }
}

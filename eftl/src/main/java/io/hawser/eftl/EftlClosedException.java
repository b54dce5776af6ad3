package io.hawser.eftl;

/** The connection is closed, or was before the answer came: whether the server did it is not known. */
public final class EftlClosedException extends EftlException {
    private static final long serialVersionUID = 1L;

    EftlClosedException(int code, String message) {
        super(code, message);
    }
}

package io.hawser.eftl;

/** No answer came in time; what was asked for may be done all the same. */
public final class EftlTimeoutException extends EftlException {
    private static final long serialVersionUID = 1L;

    EftlTimeoutException(int code, String message) {
        super(code, message);
    }
}

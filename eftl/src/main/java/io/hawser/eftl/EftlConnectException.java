package io.hawser.eftl;

/** No server could be connected to, or none took the login; the code is the close code of the most telling try. */
public final class EftlConnectException extends EftlException {
    private static final long serialVersionUID = 1L;

    EftlConnectException(int code, String message) {
        super(code, message);
    }
}

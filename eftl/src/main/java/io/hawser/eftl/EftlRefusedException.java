package io.hawser.eftl;

/** The server said no; the code is one of {@code specs/eftl.md} 1.11, the text is the server's. */
public final class EftlRefusedException extends EftlException {
    private static final long serialVersionUID = 1L;

    EftlRefusedException(int code, String message) {
        super(code, message);
    }
}

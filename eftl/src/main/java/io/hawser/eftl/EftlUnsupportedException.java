package io.hawser.eftl;

/** The server is too old for what was asked for ({@code specs/eftl.md} 1.3 and 1.14). */
public final class EftlUnsupportedException extends EftlException {
    private static final long serialVersionUID = 1L;

    EftlUnsupportedException(String message) {
        super(0, message);
    }
}

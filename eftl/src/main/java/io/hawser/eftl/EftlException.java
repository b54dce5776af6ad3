package io.hawser.eftl;

/** The server refused, or the connection is not there; the text says which and why. */
public final class EftlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    EftlException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The protocol's error or close code, as listed in {@code specs/eftl.md} 1.10 and 1.11. */
    public int code() {
        return code;
    }
}

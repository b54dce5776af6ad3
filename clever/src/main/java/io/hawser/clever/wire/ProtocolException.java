package io.hawser.clever.wire;

/**
 * Says what is wrong with bytes that came in, or with a frame that was to go out. What came in ends its connection, as in
 * the original ({@code specs/clever.md} 1.9): nobody knows where the next frame begins, and the protocol has no word for it.
 */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1;

    private ProtocolException(String reason) {
        super(reason, null, false, false);
    }

    static ProtocolException of(String reason) {
        return new ProtocolException(reason);
    }

    /** What is wrong, in one line. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}

package io.hawser.ivy.wire;

/** Says what is wrong with bytes that came in, or with a frame that was to go out. */
public final class ProtocolException extends Exception {
    /** The line or datagram is not built as it should be; the number ivy-c uses ({@code specs/ivy.md} 1.9). */
    public static final int BAD_FORMAT = 3;
    /** The line is well built, but its type is none that we know. */
    public static final int UNKNOWN_TYPE = 4;
    /** Something is larger than {@link IvyLimits} allows. */
    public static final int OVER_LIMIT = 5;
    /** The frame holds a byte that would break it on the wire. */
    public static final int UNSENDABLE = 6;

    private static final long serialVersionUID = 1;

    private final int code;
    private final boolean fatal;

    private ProtocolException(int code, boolean fatal, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.fatal = fatal;
    }

    /** One bad line or datagram; the connection it came from lives on, as every one does in Ivy. */
    static ProtocolException of(int code, String reason) {
        return new ProtocolException(code, false, reason);
    }

    /** One of the numbers above; it is also the number of the Error frame that answers. */
    public int code() {
        return code;
    }

    /** True if the connection must end. */
    public boolean fatal() {
        return fatal;
    }

    /** What is wrong, in one line. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}

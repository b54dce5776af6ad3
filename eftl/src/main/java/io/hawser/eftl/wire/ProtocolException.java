package io.hawser.eftl.wire;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a peer said that cannot be understood: either the answer to one request or the end of the connection.
 *
 * <p>Checked, so that no caller can forget that peers send anything. Carries no stack trace: it tells about the peer, not
 * about this program, and a flood of bad frames must stay cheap.
 */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@link #op()} when the frame broke before it was known. */
    public static final int NO_OP = -1;

    private final int code;
    private final boolean fatal;
    private final transient Request request;

    /** The request a refusal answers, as far as it is known. */
    record Request(int op, OptionalLong seq, Optional<String> id) {
        static final Request UNKNOWN = new Request(NO_OP, OptionalLong.empty(), Optional.empty());
    }

    private ProtocolException(int code, boolean fatal, String reason, Request request) {
        super(reason, null, false, false);
        this.code = code;
        this.fatal = fatal;
        this.request = request;
    }

    static ProtocolException refusal(EftlError error, String reason, Request request) {
        return new ProtocolException(error.code(), false, reason, request);
    }

    static ProtocolException refusal(EftlError error, String reason) {
        return refusal(error, reason, Request.UNKNOWN);
    }

    static ProtocolException fatal(EftlClose close, String reason, Request request) {
        return new ProtocolException(close.code(), true, reason, request);
    }

    /** An {@link EftlError} code, or an {@link EftlClose} code if the error is {@link #fatal()}. */
    public int code() {
        return code;
    }

    /** True if there is no request to answer: before the welcome the connection ends, later the client is told so. */
    public boolean fatal() {
        return fatal;
    }

    /** What is wrong, for people. Never null, never holds text longer than a name. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The frame's opcode, {@link #NO_OP} if it is not known. */
    public int op() {
        return request.op();
    }

    /** The request's sequence number, if it is known. */
    public OptionalLong seq() {
        return request.seq();
    }

    /** The subscription the frame is about, if it is known. */
    public Optional<String> id() {
        return request.id();
    }
}

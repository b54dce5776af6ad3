package io.hawser.eftl.wire;

/** The codes a connection ends with, in its WebSocket Close frame ({@code specs/eftl.md} 1.10). */
public enum EftlClose {
    /** The client said goodbye. */
    NORMAL(1000),
    /** The server shuts down for good. */
    SHUTDOWN(1001),
    /** The peer broke the protocol. */
    PROTOCOL(1002),
    /** A binary frame came; eFTL has only text. */
    BAD_DATA(1003),
    /** The connection was lost. Never on the wire. */
    CONNECTION_ERROR(1006),
    /** A text frame was not UTF-8. */
    BAD_PAYLOAD(1007),
    /** The peer did what is not allowed. */
    POLICY_VIOLATION(1008),
    /** A frame was larger than the welcome's {@code max_size}. */
    MESSAGE_TOO_LARGE(1009),
    /** The server failed. */
    SERVER_ERROR(1011),
    /** The server restarts; every client comes back by itself. */
    RESTART(1012),
    /** TLS could not be agreed on. Never on the wire. */
    FAILED_TLS_HANDSHAKE(1015),
    /** Another client logged in with this id, or an operator ended the connection. */
    FORCE_CLOSE(4000),
    /** The channel cannot be used now. */
    UNAVAILABLE(4001),
    /** The login was refused. */
    NOT_AUTHENTICATED(4002);

    private final int code;

    EftlClose(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}

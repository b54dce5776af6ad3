package io.hawser.eftl.wire;

/** The codes a connection ends with, in its WebSocket Close frame ({@code specs/eftl.md} 1.10). */
public enum EftlClose {
    /** The client said goodbye. */
    NORMAL(1000, "The client said goodbye."),
    /** The server shuts down for good. */
    SHUTDOWN(1001, "The server shuts down for good."),
    /** The peer broke the protocol. */
    PROTOCOL(1002, "The peer broke the protocol."),
    /** A binary frame came; eFTL has only text. */
    BAD_DATA(1003, "A binary frame came; eFTL has only text."),
    /** The connection was lost. Never on the wire. */
    CONNECTION_ERROR(1006, "The connection was lost."),
    /** A text frame was not UTF-8. */
    BAD_PAYLOAD(1007, "A text frame was not UTF-8."),
    /** The peer did what is not allowed. */
    POLICY_VIOLATION(1008, "The peer did what is not allowed."),
    /** A frame was larger than the welcome's {@code max_size}. */
    MESSAGE_TOO_LARGE(1009, "A frame was larger than the server takes."),
    /** The server failed. */
    SERVER_ERROR(1011, "The server failed."),
    /** The server restarts; every client comes back by itself. */
    RESTART(1012, "The server restarts, come back."),
    /** TLS could not be agreed on. Never on the wire. */
    FAILED_TLS_HANDSHAKE(1015, "TLS could not be agreed on."),
    /** Another client logged in with this id, or an operator ended the connection. */
    FORCE_CLOSE(4000, "Another client logged in with this id, or an operator ended the connection."),
    /** The channel cannot be used now. */
    UNAVAILABLE(4001, "The channel cannot be used now."),
    /** The login was refused. */
    NOT_AUTHENTICATED(4002, "The login was refused.");

    private final int code;
    private final String sentence;

    EftlClose(int code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** What it means, in one sentence for people. */
    public String sentence() {
        return sentence;
    }
}

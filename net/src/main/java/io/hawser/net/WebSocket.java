package io.hawser.net;

/** One open WebSocket (RFC 6455), on either side. See {@link Connection} for threads and batches. */
public interface WebSocket extends Connection {
    /** Sends one text message. The bytes must be UTF-8 and are not changed afterwards by the caller. */
    void sendText(byte[] text);

    /**
     * Sends one text message made of {@code headLength} bytes of {@code head}, which are copied at once, and all of
     * {@code body}: copied when it is small, shared with other connections when it is large.
     */
    void sendText(byte[] head, int headLength, byte[] body);

    /**
     * Sends a Close frame with {@code code} and {@code reason} (cut to 123 bytes of UTF-8) behind what was written so far,
     * and closes the connection when the other side has answered or the close limit has passed.
     */
    void close(int code, String reason);
}

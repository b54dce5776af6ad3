package io.hawser.net;

/** All that a WebSocket can say. Called on the connection's loop, in order; {@link #closed} is the last call. */
public interface WebSocketHandler {
    /** The WebSocket is open; nothing has been sent or received yet. */
    void opened(WebSocket socket);

    /** One whole text message, valid UTF-8, within the size limit. The array belongs to the handler. */
    void text(byte[] message);

    /** One whole binary message. */
    void binary(byte[] message);

    /** {@link Connection#writable()} is true again after it was false. */
    default void writable() {}

    /**
     * The WebSocket has ended.
     *
     * @param code the other side's close code, else ours; 1005 if it sent none, 1006 if TCP was lost without a Close frame
     * @param reason the reason that came with the code, else what happened in words; may be empty
     */
    void closed(int code, String reason);
}

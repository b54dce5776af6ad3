package io.hawser.net.length;

/**
 * All that a connection of frames can say. Called on the connection's loop, in order; {@link #closed} is the last call. A
 * content is told in pieces as they arrive, so that memory does not grow with it.
 */
public interface LengthHandler {
    /** What {@link #header} returns when nothing more can be understood. */
    long NOTHING_MORE = -1;

    /** The connection is open; nothing has been sent or received yet. */
    void opened(LengthConnection connection);

    /**
     * A frame's header is complete. The array belongs to the handler.
     *
     * @return how many bytes of content follow, or {@link #NOTHING_MORE}: all that comes is then thrown away
     */
    long header(byte[] header);

    /**
     * A piece of the content that the last header announced; an empty content is told as one empty piece. The array belongs
     * to the handler.
     *
     * @param last true if the content is complete
     */
    void content(byte[] piece, boolean last);

    /** {@link io.hawser.net.Connection#writable()} is true again after it was false. */
    default void writable() {}

    /** The connection has ended; {@code reason} says how, in words, and may be empty after an orderly end. */
    void closed(String reason);
}

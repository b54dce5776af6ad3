package io.hawser.net.line;

import io.hawser.net.Connection;

/** All that a line connection can say. Called on the connection's loop, in order; {@link #closed} is the last call. */
public interface LineHandler {
    /** The connection is open; nothing has been sent or received yet. */
    void opened(LineConnection connection);

    /** One line without its LF. The array belongs to the handler. A last line without LF is not reported. */
    void line(byte[] line);

    /** A line exceeded the limit and was skipped up to its LF; {@code limit} is in bytes. */
    void tooLong(int limit);

    /** {@link Connection#writable()} is true again after it was false. */
    default void writable() {}

    /** The connection has ended; {@code reason} says how, in words, and may be empty after an orderly end. */
    void closed(String reason);
}

package io.hawser.net.line;

import io.hawser.net.Connection;

/** One TCP connection that carries lines, each ended by LF. See {@link Connection} for threads and batches. */
public interface LineConnection extends Connection {
    /** Sends {@code bytes} as they are: one or more whole lines, each with its LF. */
    void send(byte[] bytes);
}

package io.hawser.net;

/** One TCP connection that carries lines, each ended by LF. See {@link Connection} for threads and batches. */
public interface LineConnection extends Connection {
    /** Sends {@code bytes} as they are: one or more whole lines, each with its LF. */
    void send(byte[] bytes);
}

package io.hawser.net;

import java.net.InetSocketAddress;

/** A bound port. */
public interface Listener extends AutoCloseable {
    /** Where it listens; the port is the real one when 0 was asked for. */
    InetSocketAddress address();

    /** Stops listening and closes the connections that came in here. Returns when the port is free. Not for a loop. */
    @Override
    void close();
}

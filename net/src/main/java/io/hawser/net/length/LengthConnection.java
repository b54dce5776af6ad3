package io.hawser.net.length;

import io.hawser.net.Connection;

/** One TCP connection that carries frames of known length. See {@link Connection} for threads and batches. */
public interface LengthConnection extends Connection {
    /** Sends {@code bytes} as they are; the caller does not change them afterwards. */
    void send(byte[] bytes);

    /**
     * Lets the operating system look after a silent connection; one that is dead ends as if it had been lost.
     *
     * @return false if the operating system knows no such times; it then uses its own
     */
    boolean keepAlive(Keepalive times);

    /**
     * Lets the operating system take no more than about {@code bytes} that the other side has not; it may double them. What
     * it has taken can not be taken back, and {@link #unsent} does not count it.
     */
    void holdAhead(int bytes);

    /**
     * Ends TCP at once and takes back what the operating system holds: after {@link #drop} it would go on trying to bring that
     * to the other side for minutes. The other side sees a reset. The handler's {@code closed} follows.
     */
    void reset();
}

package io.hawser.net;

import java.net.InetSocketAddress;

/**
 * What every open connection can do. Its state belongs to {@link #loop()}; every method is called there.
 *
 * <p>Output is gathered in the connection's batch and leaves in one write and one flush when the loop has finished what
 * it was doing.
 */
public interface Connection {
    /** The loop that owns this connection. */
    Loop loop();

    /** The other side's address. */
    InetSocketAddress remote();

    /** This side's address. */
    InetSocketAddress local();

    /**
     * False while the other side reads more slowly than we write. Nothing is lost when one writes all the same, but
     * memory grows: wait for the handler's {@code writable()}.
     */
    boolean writable();

    /** How many bytes were handed over to be sent and have not yet left for the operating system. */
    long unsent();

    /** Stops or resumes reading from the other side, which then feels it through TCP. */
    void reading(boolean on);

    /** Sends what was written so far, then closes. The handler's {@code closed} follows. */
    void close();

    /** Ends TCP at once: nothing more is said, and what is unsent is lost. The handler's {@code closed} follows. */
    void drop();
}

package io.hawser.eftl;

/** A subscription that the server has confirmed. It outlives connections. Callable from any thread. */
public final class EftlSubscription implements AutoCloseable {
    private final EftlConnection connection;
    private final String id;
    private volatile boolean closed;

    EftlSubscription(EftlConnection connection, String id) {
        this.connection = connection;
        this.id = id;
    }

    /** The subscription's id on its connection. */
    public String id() {
        return id;
    }

    /**
     * Stops listening; a durable stays and goes on collecting. Its listener hears nothing more.
     *
     * @throws EftlUnsupportedException if the server can only delete: then use {@link #unsubscribe}
     */
    @Override
    public void close() {
        connection.requireProtocol1("closing a subscription is");
        closed = true;
        connection.onLoop(engine -> engine.unsubscribe(id, false));
    }

    /** Stops listening; a durable is deleted with its messages. Its listener hears nothing more. */
    public void unsubscribe() {
        closed = true;
        connection.onLoop(engine -> engine.unsubscribe(id, true));
    }

    /**
     * Asks for no more messages until {@link #start}; what has arrived is still passed on, and what comes meanwhile comes
     * later ({@code specs/eftl.md} 1.14).
     *
     * @throws EftlUnsupportedException if the server cannot stop
     */
    public void stop() {
        connection.requireStop();
        connection.onLoop(engine -> engine.stop(id));
    }

    /**
     * Asks for messages again.
     *
     * @throws EftlUnsupportedException if the server cannot stop
     */
    public void start() {
        connection.requireStop();
        connection.onLoop(engine -> engine.start(id));
    }

    boolean isClosed() {
        return closed;
    }
}

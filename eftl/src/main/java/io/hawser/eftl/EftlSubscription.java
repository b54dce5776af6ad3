package io.hawser.eftl;

/** A subscription that the server has confirmed. Callable from any thread. */
public final class EftlSubscription implements AutoCloseable {
    private final ClientEngine engine;
    private final String id;

    EftlSubscription(ClientEngine engine, String id) {
        this.engine = engine;
        this.id = id;
    }

    /** The subscription's id on this connection. */
    public String id() {
        return id;
    }

    /** Stops listening; a durable stays and goes on collecting. */
    @Override
    public void close() {
        engine.unsubscribe(id, false);
    }

    /** Stops listening; a durable is deleted with its messages. */
    public void unsubscribe() {
        engine.unsubscribe(id, true);
    }
}

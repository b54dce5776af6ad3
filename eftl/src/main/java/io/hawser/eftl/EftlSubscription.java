package io.hawser.eftl;

import java.util.concurrent.CompletableFuture;

/** A subscription that the server has confirmed. Callable from any thread. */
public final class EftlSubscription implements AutoCloseable {
    private final ClientEngine engine;
    private final String id;
    private final CompletableFuture<EftlException> ended;

    EftlSubscription(ClientEngine engine, String id, CompletableFuture<EftlException> ended) {
        this.ended = ended;
        this.engine = engine;
        this.id = id;
    }

    /** The subscription's id on this connection. */
    public String id() {
        return id;
    }

    /** Completes with the reason if the server takes the subscription away after it had confirmed it. */
    public CompletableFuture<EftlException> ended() {
        return ended.copy();
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

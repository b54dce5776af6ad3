package io.hawser.eftl;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A connection to one channel of an eFTL server. Every method may be called from any thread and returns at once, but for
 * {@link #close}. Futures complete, and listeners are called, on one thread of this connection, one after the other; what is asked
 * for after the end fails on the common pool.
 */
public final class EftlConnection implements AutoCloseable {
    private final ClientEngine engine;
    private final String clientId;

    EftlConnection(ClientEngine engine, String clientId) {
        this.engine = engine;
        this.clientId = clientId;
    }

    /** The client id that this connection has, the server's choice if none was asked for. */
    public String clientId() {
        return clientId;
    }

    /**
     * Publishes {@code message}.
     *
     * @return completes with the number of receivers (0 where the server does not tell) when the server has acknowledged;
     *     exceptionally with an {@link EftlException} if it refused or the connection ended first
     */
    public CompletableFuture<Integer> publish(EftlMessage message) {
        return engine.publish(message);
    }

    /**
     * Listens to messages.
     *
     * @return completes when the server has confirmed; exceptionally with an {@link EftlException} if it refused
     */
    public CompletableFuture<EftlSubscription> subscribe(SubscribeOptions options, Consumer<EftlMessage> listener) {
        return engine.subscribe(options, listener);
    }

    /** The program is done with exactly this message. Without effect on messages that need no acknowledgement. */
    public void acknowledge(EftlMessage message) {
        message.event().ifPresent(event -> engine.acknowledge(event, false));
    }

    /** The program is done with this message and all before it on its subscription. */
    public void acknowledgeAll(EftlMessage message) {
        message.event().ifPresent(event -> engine.acknowledge(event, true));
    }

    /** Calls {@code listener} with the close code and the reason when the connection has ended, at once if it has. */
    public void onClosed(BiConsumer<Integer, String> listener) {
        engine.onClosed(listener);
    }

    /** Says goodbye and waits, not long, until the server has closed. Durables stay. */
    @Override
    public void close() {
        engine.close();
    }
}

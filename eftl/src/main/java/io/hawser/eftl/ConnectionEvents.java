package io.hawser.eftl;

import io.hawser.eftl.engine.ClientEvents;
import io.hawser.eftl.engine.EftlState;
import io.hawser.eftl.wire.ServerFrame.Welcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Hears the engine and passes on to the program what concerns its connection. Called on the loop; {@link #state} and
 * {@link #welcome} are snapshots for any thread.
 */
final class ConnectionEvents implements ClientEvents {
    private final EftlConnection connection;
    private final EftlConnectionListener listener;
    private final Callbacks callbacks;
    /** Who waits for the login that is under way. Owner: the loop. */
    private CompletableFuture<EftlConnection> connecting = new CompletableFuture<>();

    private volatile EftlState state = EftlState.DISCONNECTED;
    private volatile Optional<Welcome> welcome = Optional.empty();

    ConnectionEvents(EftlConnection connection, EftlConnectionListener listener, Callbacks callbacks) {
        this.connection = connection;
        this.listener = listener;
        this.callbacks = callbacks;
    }

    /** {@code future} waits for the login that begins now. */
    void await(CompletableFuture<EftlConnection> future) {
        connecting = future;
    }

    EftlState state() {
        return state;
    }

    /** The server's last welcome; empty before the first one. */
    Optional<Welcome> welcome() {
        return welcome;
    }

    @Override
    public void stateChanged(EftlState next) {
        state = next;
        callbacks.tell(() -> listener.stateChanged(connection, next));
    }

    @Override
    public void connected(Cause cause, Welcome from) {
        welcome = Optional.of(from);
        CompletableFuture<EftlConnection> future = connecting;
        if (cause == Cause.CONNECT) {
            callbacks.tell(() -> listener.connected(connection));
        } else if (cause == Cause.MANUAL) {
            callbacks.tell(() -> listener.reconnected(connection));
        }
        callbacks.tell(() -> future.complete(connection));
    }

    @Override
    public void disconnected(int code, String reason) {
        CompletableFuture<EftlConnection> future = connecting;
        callbacks.tell(() -> listener.disconnected(connection, code, reason));
        callbacks.tell(() -> future.completeExceptionally(new EftlConnectException(code, reason)));
    }

    @Override
    public void error(int code, String reason) {
        callbacks.tell(() -> {
            try {
                listener.error(connection, code, reason);
            } finally {
                connection.onLoop(engine -> engine.told());
            }
        });
    }

    /** A listener has thrown; on the program's executor. */
    void complain(Throwable failure) {
        listener.error(connection, 0, "a listener failed: " + failure);
    }
}

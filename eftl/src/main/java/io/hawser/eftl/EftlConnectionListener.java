package io.hawser.eftl;

import io.hawser.eftl.engine.EftlState;

/**
 * Hears what happens to a connection. Called on the connection's executor, one after the other with everything else that the
 * program is told, and never on an event loop.
 */
public interface EftlConnectionListener {
    /** {@code connection} is ready for the first time. */
    default void connected(EftlConnection connection) {}

    /** {@code connection} is ready again after {@link EftlConnection#reconnect}; not told when it came back by itself. */
    default void reconnected(EftlConnection connection) {}

    /**
     * {@code connection} has ended, or could not be made, and does nothing more by itself. Here the program may call
     * {@link EftlConnection#reconnect}.
     *
     * @param code the close code ({@code specs/eftl.md} 1.10): 1000 after a goodbye, 1006 if the server was lost or never
     *     reached, 4000 if another client has taken the id, 4002 if the login was refused
     */
    default void disconnected(EftlConnection connection, int code, String reason) {}

    /** {@code connection} stands in {@code state} from now on. */
    default void stateChanged(EftlConnection connection, EftlState state) {}

    /**
     * Something went wrong that no future tells: the server reports an error, or said what cannot be understood, or a
     * listener has thrown.
     *
     * @param code an error code ({@code specs/eftl.md} 1.11), 1002 for a malformed frame, 0 for a listener
     */
    default void error(EftlConnection connection, int code, String reason) {}
}

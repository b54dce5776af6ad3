package io.hawser.eftl.engine;

import io.hawser.eftl.wire.ServerFrame.Welcome;

/** All that an engine tells its composer beside outcomes and events. Called on the engine's loop; must not block. */
public interface ClientEvents {
    /** How a login came about. */
    enum Cause {
        /** The first one. */
        CONNECT,
        /** The program asked for it: {@link ClientEngine#reconnect}. */
        MANUAL,
        /** The connection was lost. */
        AUTOMATIC
    }

    /** The state is {@code state} from now on. */
    void stateChanged(EftlState state);

    /** The client is logged in; its subscriptions and unanswered operations have been sent. */
    void connected(Cause cause, Welcome welcome);

    /**
     * There is no connection any more, and the engine does nothing about it.
     *
     * @param code a close code ({@code specs/eftl.md} 1.10)
     */
    void disconnected(int code, String reason);

    /**
     * Something went wrong that answers no operation. The composer calls {@link ClientEngine#told} when it has passed it
     * on, as many do not fit in memory.
     *
     * @param code an error code ({@code specs/eftl.md} 1.11), 0 if there is none
     */
    void error(int code, String reason);
}

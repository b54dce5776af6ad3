package io.hawser.eftl.engine;

/** How a client stands to its server. Changes are told in order ({@code specs/eftl.md} 1.15). */
public enum EftlState {
    /** The first login, or the one after a manual reconnect, is under way. */
    CONNECTING,
    /** Logged in. */
    CONNECTED,
    /** The connection was lost, and the client is coming back by itself; what is asked for meanwhile waits. */
    RECONNECTING,
    /** The program has said goodbye; what is under way is given a moment to end. */
    DISCONNECTING,
    /** There is no connection, and the client does nothing about it. */
    DISCONNECTED
}

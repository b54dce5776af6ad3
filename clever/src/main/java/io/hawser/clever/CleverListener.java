package io.hawser.clever;

/** Hears what happens besides actions and requests. Called on the peer's callback executor, one call at a time. */
public interface CleverListener {
    /** A connection to {@code peer} is open. */
    default void connected(CleverPeer peer) {}

    /** The connection has ended. A peer that we have connected to, or that is kept, may come back. */
    default void disconnected(CleverPeer peer, String reason) {}

    /** A connection could not be opened; it is tried again. */
    default void unreachable(CleverPeer peer, String reason) {}

    /** A file that {@code peer} has sent is in its place. */
    default void fileReceived(CleverPeer peer, String path, long bytes) {}

    /** Something that {@code peer} has sent was not used, or a handler failed; the connection goes on. */
    default void problem(CleverPeer peer, String reason) {}
}

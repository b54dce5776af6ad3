package io.hawser.clever.engine;

import io.hawser.clever.wire.CleverFrame;
import java.net.InetSocketAddress;

/** All that a party tells its composer beside outcomes. Called on the party's loop; must not block. */
public interface CleverEvents {
    /** A connection is open. */
    void connected(InetSocketAddress remote);

    /** The connection has ended; another may follow if {@code again}. */
    void disconnected(String reason, boolean again);

    /** A connection could not be opened; it is tried again. */
    void unreachable(String reason);

    /** The peer wants something done; {@code reply} is told when it is, and does nothing if the peer does not care. */
    void action(CleverFrame.Action action, CleverReply reply);

    /** The peer asks; exactly one of the reply's ends is expected. */
    void request(CleverFrame.Request request, CleverReply reply);

    /** A file that the peer has sent is on disk, at {@code path} in the folder for files. */
    void fileReceived(String path, long bytes);

    /** Something that the peer sent was not used, and the connection goes on. */
    void problem(String reason);
}

package io.hawser.clever.engine;

import io.hawser.clever.wire.CleverFrame;

/** A file on its way out over one connection. Owner: the party's loop. */
interface FileStream {
    /** Opens the file, and goes on by itself from there. */
    void begin();

    /** True if nothing else may go before it is gone. */
    boolean exclusive();

    /** The connection can take more. */
    void writable();

    /** The receiver, which is one of ours, says something about a transfer; true if it is this one. */
    default boolean hears(CleverFrame.Extra word) {
        return false;
    }

    /** The connection has ended. */
    void lost();
}

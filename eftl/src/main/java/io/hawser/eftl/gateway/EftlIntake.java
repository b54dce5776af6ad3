package io.hawser.eftl.gateway;

import io.hawser.net.WebSocket;
import java.time.Duration;

/**
 * Decides whether more is read from one client. It is not while too many of its publications wait for the store, nor while
 * too much that was said to it is unsent, nor for a moment when the hub cannot hand out as fast as this client brings in;
 * TCP carries that back to the client. Owner: the connection's loop.
 */
final class EftlIntake {
    /** From this many publications on that wait for the store, nothing more is read. */
    private static final int MAX_STORING = 4096;

    /** From this many unsent bytes on nothing more is read: what a client asks for must not grow if it never reads. */
    private static final long MAX_UNSENT = 1 << 20;

    /** Long enough for a loop to hand out some thousand events. */
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final WebSocket socket;
    private int storing;
    private boolean paused;

    EftlIntake(WebSocket socket) {
        this.socket = socket;
    }

    /** Waits a moment if the hub is lagging. */
    void pause(boolean lagging) {
        if (lagging && !paused) {
            paused = true;
            decide();
            socket.loop().schedule(MOMENT, () -> {
                paused = false;
                decide();
            });
        }
    }

    /** A publication waits for the store. */
    void storing() {
        storing++;
        decide();
    }

    /** A publication does not wait any more. */
    void stored() {
        storing--;
        decide();
    }

    /** Something was said to the client, or it has read. */
    void decide() {
        socket.reading(!paused && storing < MAX_STORING && socket.unsent() < MAX_UNSENT);
    }
}

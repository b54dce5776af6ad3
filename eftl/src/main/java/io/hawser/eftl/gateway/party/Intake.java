package io.hawser.eftl.gateway.party;

import io.hawser.core.session.Session;
import io.hawser.net.WebSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether more is read from one client. It is not while too many of its publications wait for the store, nor while
 * too much that was said to it is unsent, nor for a moment when the hub cannot hand out as fast as this client brings in;
 * TCP carries that back to the client. Owner: the session's.
 */
public final class Intake {
    /** From this many publications on that wait for the store, nothing more is read. */
    private static final int MAX_STORING = 4096;

    /** From this many unsent bytes on nothing more is read: what a client asks for must not grow if it never reads. */
    private static final long MAX_UNSENT = 1 << 20;

    /** Long enough for a loop to hand out some thousand events. */
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Alarm alarm;
    private @Nullable WebSocket socket;
    private int storing;
    private boolean paused;

    /** Reads from nobody yet. */
    public Intake(Alarm alarm) {
        this.alarm = alarm;
    }

    /** Reads from {@code newSocket}. */
    public void attach(WebSocket newSocket) {
        socket = newSocket;
    }

    /** There is no connection. */
    public void detach() {
        socket = null;
    }

    /** Waits a moment if the hub is lagging. */
    public void pause(boolean lagging) {
        if (lagging && !paused) {
            paused = true;
            decide();
            alarm.in(MOMENT, () -> {
                paused = false;
                decide();
            });
        }
    }

    /** A publication waits for the store. */
    public void storing() {
        storing++;
        decide();
    }

    /** A publication does not wait any more. */
    public void stored() {
        storing--;
        decide();
    }

    /** True if nobody is there, or whoever is waits neither for the store nor for what {@code session} holds, and nothing is unsent. */
    public boolean quiet(Session<?> session) {
        return socket == null || (storing == 0 && session.waiting() == 0 && socket.unsent() == 0);
    }

    /** Something was said to the client, or it has read. */
    public void decide() {
        if (socket != null) {
            socket.reading(!paused && storing < MAX_STORING && socket.unsent() < MAX_UNSENT);
        }
    }
}

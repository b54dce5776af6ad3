package io.hawser.eftl.gateway;

import io.hawser.eftl.wire.ServerFrame;
import io.hawser.net.Loop;
import java.time.Duration;

/**
 * The heartbeats of one connection ({@code specs/eftl.md} 1.9). A client that never answered one is left alone however
 * long it is silent: some clients do not know heartbeats ({@code specs/eftl.md} 1.17). Owner: the connection's loop.
 */
final class EftlPulse {
    private final Loop loop;
    private final EftlOutput output;
    private final Duration interval;
    private final Duration timeout;
    private final Runnable lost;
    private Loop.Timer next;
    private Duration silent = Duration.ZERO;
    private boolean answers;

    /**
     * Starts beating.
     *
     * @param lost runs once when a client that answers has been silent for too long
     */
    EftlPulse(Loop loop, EftlOutput output, EftlChannel channel, Runnable lost) {
        this.loop = loop;
        this.output = output;
        this.interval = channel.heartbeat();
        this.timeout = channel.clientTimeout();
        this.lost = lost;
        this.next = loop.schedule(interval, this::beat);
    }

    /** The client said something. */
    void heard() {
        silent = Duration.ZERO;
    }

    /** The client answered a heartbeat. */
    void answered() {
        answers = true;
    }

    void stop() {
        next.cancel();
    }

    private void beat() {
        silent = silent.plus(interval);
        if (answers && silent.compareTo(timeout) >= 0) {
            lost.run();
            return;
        }
        output.send(new ServerFrame.Heartbeat());
        next = loop.schedule(interval, this::beat);
    }
}

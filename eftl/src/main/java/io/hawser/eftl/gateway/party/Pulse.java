package io.hawser.eftl.gateway.party;

import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.net.Loop;
import java.time.Duration;

/**
 * The heartbeats of one connection ({@code specs/eftl.md} 1.9). A client that never answered one is left alone however
 * long it is silent: some clients do not know heartbeats ({@code specs/eftl.md} 1.17). Our own do: when nothing comes from
 * them, a network lets through one direction alone. Owner: the connection's loop.
 */
public final class Pulse {
    private final Loop loop;
    private final Output output;
    private final Duration interval;
    private final Duration timeout;
    private final Runnable lost;
    private Loop.Timer next;
    private Duration silent = Duration.ZERO;
    private boolean answers;

    /**
     * Starts beating.
     *
     * @param answers whether the client is known to answer
     * @param lost runs once when a client that answers has been silent for too long
     */
    public Pulse(Loop loop, Output output, EftlChannel channel, boolean answers, Runnable lost) {
        this.loop = loop;
        this.output = output;
        this.answers = answers;
        this.interval = channel.times().heartbeat();
        this.timeout = channel.times().client();
        this.lost = lost;
        this.next = loop.schedule(interval, this::beat);
    }

    /** The client said something. */
    public void heard() {
        silent = Duration.ZERO;
    }

    /** The client answered a heartbeat. */
    public void answered() {
        answers = true;
    }

    /** Beats no more. */
    public void stop() {
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

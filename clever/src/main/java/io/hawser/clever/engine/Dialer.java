package io.hawser.clever.engine;

import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.length.LengthClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Connects, and connects again when the connection is lost: at once after one that was good for something, else after waits
 * that grow, so that nobody is stormed ({@code specs/clever.md} 2.3). Owner: the party's loop.
 */
final class Dialer {
    /** Little waits in the network's buffers, so that what cannot leave stays where it can expire. */
    private static final int WRITE_HIGH = 64 * 1024;

    private static final int WRITE_LOW = 16 * 1024;

    private final CleverParty party;
    private final Loop loop;
    private final InetSocketAddress to;
    private final Optional<InetAddress> from;
    private final Random random;
    private final NetLimits limits;
    private Loop.@Nullable Timer timer;
    private int failures;
    private long openedAt;
    private boolean open;
    private boolean stopped;

    Dialer(CleverParty party, Loop loop, InetSocketAddress to, Optional<InetAddress> from, Random random) {
        this.party = party;
        this.loop = loop;
        this.to = to;
        this.from = from;
        this.random = random;
        NetLimits usual = NetLimits.defaults();
        this.limits = limits(
                usual.withTimeouts(usual.handshakeTimeout(), party.settings().connectTimeout(), usual.closeTimeout()));
    }

    /** {@code usual}, with small buffers. */
    static NetLimits limits(NetLimits usual) {
        return new NetLimits(
                usual.maxMessageBytes(),
                usual.maxLineBytes(),
                usual.maxHeaderBytes(),
                usual.handshakeTimeout(),
                usual.tlsTimeout(),
                usual.connectTimeout(),
                usual.closeTimeout(),
                WRITE_HIGH,
                WRITE_LOW);
    }

    void dial() {
        timer = null;
        if (!stopped) {
            LengthClient.connect(loop, to, from, limits, new CleverLink(party));
        }
    }

    void opened() {
        openedAt = loop.nanoTime();
        open = true;
    }

    /** The connection is lost, or could not be opened. */
    void closed() {
        boolean lived = open
                && loop.nanoTime() - openedAt > party.settings().backoff().max().toNanos();
        open = false;
        failures = lived ? 0 : failures + 1;
        if (!stopped) {
            timer = loop.schedule(
                    party.settings().backoff().after(Math.max(1, failures), random::nextDouble), this::dial);
        }
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}

package io.hawser.net.length;

import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.NioLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Opens connections of frames. Callable from any thread. */
public final class LengthClient {
    private LengthClient() {}

    /**
     * Connects to {@code to} and tells {@code handler}, on {@code loop}: {@code opened}, or {@code closed} alone with
     * the reason why it could not connect.
     *
     * @param from an address of this machine that the other side sees; empty: the system's choice
     */
    public static void connect(
            Loop loop, InetSocketAddress to, Optional<InetAddress> from, NetLimits limits, LengthHandler handler) {
        NioLoop nio = NioLoop.of(loop);
        nio.connect(
                to,
                from,
                limits,
                channel -> channel.pipeline().addLast(NioLengths.opener(nio, limits, () -> handler)),
                failure -> handler.closed("cannot " + failure));
    }
}

package io.hawser.net.length;

import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.NioLoop;
import java.net.InetSocketAddress;

/** Opens connections of frames. Callable from any thread. */
public final class LengthClient {
    private LengthClient() {}

    /**
     * Connects to {@code to} and tells {@code handler}, on {@code loop}: {@code opened}, or {@code closed} alone with
     * the reason why it could not connect.
     */
    public static void connect(Loop loop, InetSocketAddress to, NetLimits limits, LengthHandler handler) {
        NioLoop nio = NioLoop.of(loop);
        nio.connect(
                to,
                limits,
                channel -> channel.pipeline().addLast(NioLengths.opener(nio, limits, () -> handler)),
                failure -> handler.closed("cannot " + failure));
    }
}

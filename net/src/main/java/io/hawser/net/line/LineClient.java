package io.hawser.net.line;

import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.NioLoop;
import java.net.InetSocketAddress;

/** Opens line connections. Callable from any thread. */
public final class LineClient {
    private LineClient() {}

    /**
     * Connects to {@code to} and tells {@code handler}, on {@code loop}: {@code opened}, or {@code closed} alone with
     * the reason why it could not connect.
     */
    public static void connect(Loop loop, InetSocketAddress to, NetLimits limits, LineHandler handler) {
        NioLoop nio = NioLoop.of(loop);
        nio.connect(
                to,
                limits,
                NioLines.opener(nio, limits, () -> handler),
                failure -> handler.closed("cannot " + failure));
    }
}

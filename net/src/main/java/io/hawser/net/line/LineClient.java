package io.hawser.net.line;

import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.NioLoop;
import io.hawser.net.tls.TlsTrust;
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
                channel -> channel.pipeline().addLast(NioLines.opener(nio, limits, () -> handler)),
                failure -> handler.closed("cannot " + failure));
    }

    /**
     * Connects with TLS to a server whom {@code trust} believes.
     *
     * @param to the host is what the server's certificate must be for
     */
    public static void connect(Loop loop, InetSocketAddress to, TlsTrust trust, NetLimits limits, LineHandler handler) {
        NioLoop nio = NioLoop.of(loop);
        nio.connect(
                to,
                trust,
                limits,
                channel -> channel.pipeline().addLast(NioLines.opener(nio, limits, () -> handler)),
                failure -> handler.closed("cannot " + failure));
    }
}

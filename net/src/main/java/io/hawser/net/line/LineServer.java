package io.hawser.net.line;

import io.hawser.net.CannotListenException;
import io.hawser.net.Listener;
import io.hawser.net.Loop;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.NioListener;
import io.hawser.net.tls.TlsIdentity;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Listens for line connections. Callable from any thread but a loop's. */
public final class LineServer {
    private LineServer() {}

    /**
     * Listens at {@code at}; connections are spread over {@code loops}, and {@code handlers} is asked on the loop for
     * each.
     *
     * @throws CannotListenException if the port cannot be bound
     */
    public static Listener bind(Loops loops, InetSocketAddress at, NetLimits limits, Supplier<LineHandler> handlers) {
        return NioListener.bind(loops, at, limits, (channel, loop) -> channel.pipeline()
                .addLast(NioLines.opener(loop, limits, handlers)));
    }

    /**
     * Listens at {@code at} with TLS, as {@code identity}.
     *
     * @throws CannotListenException if the port cannot be bound
     */
    public static Listener bind(
            Loops loops, InetSocketAddress at, TlsIdentity identity, NetLimits limits, Supplier<LineHandler> handlers) {
        return NioListener.bind(loops, at, limits, (channel, loop) -> {
            identity.guard(channel, limits.tlsTimeout());
            channel.pipeline().addLast(NioLines.opener(loop, limits, handlers));
        });
    }

    /**
     * Listens at {@code at}; all connections live on {@code loop}, and {@code handlers} is asked there for each.
     *
     * @throws CannotListenException if the port cannot be bound
     */
    public static Listener bind(Loop loop, InetSocketAddress at, NetLimits limits, Supplier<LineHandler> handlers) {
        return NioListener.bind(
                loop, at, limits, (channel, nio) -> channel.pipeline().addLast(NioLines.opener(nio, limits, handlers)));
    }
}

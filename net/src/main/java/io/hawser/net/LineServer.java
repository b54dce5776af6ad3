package io.hawser.net;

import io.netty.channel.EventLoopGroup;
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
        return TcpListener.bind(loops.group(), at, limits, channel -> channel.pipeline()
                .addLast(NioLines.opener(loops.of(channel.eventLoop()), limits, handlers)));
    }

    /**
     * Listens at {@code at}; all connections live on {@code loop}, and {@code handlers} is asked there for each.
     *
     * @throws CannotListenException if the port cannot be bound
     */
    public static Listener bind(Loop loop, InetSocketAddress at, NetLimits limits, Supplier<LineHandler> handlers) {
        NioLoop nio = NioLoop.of(loop);
        EventLoopGroup only = nio.events();
        return TcpListener.bind(
                only, at, limits, channel -> channel.pipeline().addLast(NioLines.opener(nio, limits, handlers)));
    }
}

package io.hawser.net.length;

import io.hawser.net.CannotListenException;
import io.hawser.net.Listener;
import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.NioListener;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Listens for connections of frames. Callable from any thread but a loop's. */
public final class LengthServer {
    private LengthServer() {}

    /**
     * Listens at {@code at}; all connections live on {@code loop}, and {@code handlers} is asked there for each.
     *
     * @throws CannotListenException if the port cannot be bound
     */
    public static Listener bind(Loop loop, InetSocketAddress at, NetLimits limits, Supplier<LengthHandler> handlers) {
        return NioListener.bind(loop, at, limits, (channel, nio) -> channel.pipeline()
                .addLast(NioLengths.opener(nio, limits, handlers)));
    }
}

package io.hawser.net;

import io.hawser.net.tls.TlsIdentity;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetSocketAddress;
import java.util.function.Function;

/** Listens for WebSockets alone, with TLS or without. Callable from any thread but a loop's. */
public final class WebSocketServer {
    private WebSocketServer() {}

    /**
     * Listens at {@code at}. {@code acceptor} is asked on the connection's loop for each handshake that is sound; others
     * are answered here: 400, 405, 414, 426 or 431 with a text.
     *
     * @throws CannotListenException if the port cannot be bound
     */
    public static Listener bind(
            Loops loops, InetSocketAddress at, NetLimits limits, Function<Handshake, Handshake.Answer> acceptor) {
        return NioListener.bind(loops, at, limits, (channel, loop) -> furnish(channel, loop, limits, acceptor));
    }

    /**
     * Listens at {@code at} with TLS, as {@code identity}.
     *
     * @throws CannotListenException if the port cannot be bound
     */
    public static Listener bind(
            Loops loops,
            InetSocketAddress at,
            TlsIdentity identity,
            NetLimits limits,
            Function<Handshake, Handshake.Answer> acceptor) {
        return NioListener.bind(loops, at, limits, (channel, loop) -> {
            identity.guard(channel, limits.tlsTimeout());
            furnish(channel, loop, limits, acceptor);
        });
    }

    private static void furnish(
            Channel channel, NioLoop loop, NetLimits limits, Function<Handshake, Handshake.Answer> acceptor) {
        HttpDecoderConfig http = new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxHeaderBytes())
                .setMaxHeaderSize(limits.maxHeaderBytes());
        channel.pipeline()
                .addLast(NioWebSocket.HTTP, new HttpRequestDecoder(http))
                .addLast(NioWebSocket.HANDSHAKE, new ServerHandshake(loop, limits, acceptor));
    }
}

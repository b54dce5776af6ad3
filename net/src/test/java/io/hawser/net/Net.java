package io.hawser.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Two loops for a test, and WebSocket ends on them. */
public final class Net implements AutoCloseable {
    public static final NetLimits LIMITS =
            NetLimits.defaults().withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMillis(700));

    private static final byte[] EVERY_INTERFACE = {0, 0, 0, 0};
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_BROADCAST = {127, (byte) 255, (byte) 255, (byte) 255};
    public static final InetSocketAddress ANY_PORT = loopback(0);

    public final Loops loops = Loops.start(2, "test");

    public static InetSocketAddress everyInterface(int port) {
        return address(EVERY_INTERFACE, port);
    }

    public static InetSocketAddress loopback(int port) {
        return address(LOOPBACK, port);
    }

    public static InetSocketAddress loopbackBroadcast(int port) {
        return address(LOOPBACK_BROADCAST, port);
    }

    private static InetSocketAddress address(byte[] ip, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not four bytes", e);
        }
    }

    /** A server that gives {@code handler} to whoever comes. */
    public Listener serve(NetLimits limits, WebSocketHandler handler) {
        return serve(limits, handshake -> new Handshake.Accept(Optional.empty(), handler));
    }

    public Listener serve(NetLimits limits, Function<Handshake, Handshake.Answer> acceptor) {
        return WebSocketServer.bind(loops, ANY_PORT, limits, acceptor);
    }

    public void connect(Listener to, NetLimits limits, WebSocketHandler handler) {
        connect(to.address().getPort(), new WebSocketClient.Options(List.of(), Map.of(), limits), handler);
    }

    public void connect(int port, WebSocketClient.Options options, WebSocketHandler handler) {
        WebSocketClient.connect(loops.next(), URI.create("ws://127.0.0.1:" + port + "/channel"), options, handler);
    }

    @Override
    public void close() {
        loops.close();
    }
}

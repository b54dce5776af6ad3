package io.hawser.net;

import io.hawser.net.wire.HttpHead;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Opens WebSockets, without TLS. Callable from any thread. */
public final class WebSocketClient {
    private static final int DEFAULT_PORT = 80;
    private static final int HIGHEST_PORT = 65535;

    private WebSocketClient() {}

    /**
     * What to ask for, and how long to wait.
     *
     * @param subprotocols offered to the server, in order
     * @param headers sent beside those of the handshake
     * @param limits times and sizes
     */
    public record Options(List<String> subprotocols, Map<String, String> headers, NetLimits limits) {
        /** Copies, checked so that no name or value can forge a header. */
        public Options {
            subprotocols = List.copyOf(subprotocols);
            headers = Map.copyOf(headers);
            subprotocols.forEach(name -> HttpHead.checkToken("sub-protocol", name));
            HttpHead.check(headers);
        }

        /** No sub-protocol, no more headers, default limits. */
        public static Options defaults() {
            return new Options(List.of(), Map.of(), NetLimits.defaults());
        }
    }

    /**
     * Connects to {@code uri} and tells {@code handler}, on {@code loop}: {@code opened}, or {@code closed} alone with
     * 1006 and the reason why there is no WebSocket. A host name is looked up by Java on the loop; where that may take
     * long, hand in an address.
     *
     * @throws IllegalArgumentException if {@code uri} is not {@code ws://host[:port][/path][?query]}
     */
    public static void connect(Loop loop, URI uri, Options options, WebSocketHandler handler) {
        check(uri);
        NioLoop nio = NioLoop.of(loop);
        HttpDecoderConfig http = new HttpDecoderConfig()
                .setMaxInitialLineLength(options.limits().maxHeaderBytes())
                .setMaxHeaderSize(options.limits().maxHeaderBytes());
        ChannelInitializer<Channel> first = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(NioWebSocket.HTTP, new HttpResponseDecoder(http))
                        .addLast(NioWebSocket.HANDSHAKE, new ClientHandshake(nio, uri, options, handler));
            }
        };
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        InetSocketAddress to = InetSocketAddress.createUnresolved(uri.getHost(), port);
        nio.connect(
                to, options.limits(), first, failure -> handler.closed(ClientHandshake.FAILED, "cannot " + failure));
    }

    private static void check(URI uri) {
        if ("wss".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("TLS is not there yet: use ws:// instead of " + uri);
        }
        if (!"ws".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() == null
                || uri.getPort() == 0
                || uri.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException("a WebSocket address is ws://host:port/path, not " + uri);
        }
    }
}

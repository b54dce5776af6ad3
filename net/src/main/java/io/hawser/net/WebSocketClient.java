package io.hawser.net;

import io.hawser.net.tls.TlsTrust;
import io.hawser.net.wire.HttpHead;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Opens WebSockets, with TLS or without. Callable from any thread. */
public final class WebSocketClient {
    private static final int DEFAULT_PORT = 80;
    private static final int DEFAULT_TLS_PORT = 443;
    private static final Set<String> SCHEMES = Set.of("ws", "wss");
    private static final int HIGHEST_PORT = 65535;

    private WebSocketClient() {}

    /**
     * What to ask for, and how long to wait.
     *
     * @param subprotocols offered to the server, in order
     * @param headers sent beside those of the handshake
     * @param trust whom to believe behind {@code wss://}
     * @param limits times and sizes
     */
    public record Options(List<String> subprotocols, Map<String, String> headers, TlsTrust trust, NetLimits limits) {
        /** Copies, checked so that no name or value can forge a header. */
        public Options {
            subprotocols = List.copyOf(subprotocols);
            headers = Map.copyOf(headers);
            subprotocols.forEach(name -> HttpHead.checkToken("sub-protocol", name));
            HttpHead.check(headers);
        }

        /** The authorities that Java trusts. */
        public Options(List<String> subprotocols, Map<String, String> headers, NetLimits limits) {
            this(subprotocols, headers, TlsTrust.system(), limits);
        }

        /** These, believing {@code others}. */
        public Options with(TlsTrust others) {
            return new Options(subprotocols, headers, others, limits);
        }

        /** No sub-protocol, no more headers, default limits. */
        public static Options defaults() {
            return new Options(List.of(), Map.of(), NetLimits.defaults());
        }
    }

    /**
     * Connects to {@code uri} and tells {@code handler}, on {@code loop}: {@code opened}, or {@code closed} alone with
     * 1006 and the reason why there is no WebSocket.
     *
     * @throws IllegalArgumentException if {@code uri} is not {@code ws://host[:port][/path][?query]} or the same with {@code wss}
     */
    public static void connect(Loop loop, URI uri, Options options, WebSocketHandler handler) {
        check(uri);
        NioLoop nio = NioLoop.of(loop);
        HttpDecoderConfig http = new HttpDecoderConfig()
                .setMaxInitialLineLength(options.limits().maxHeaderBytes())
                .setMaxHeaderSize(options.limits().maxHeaderBytes());
        boolean tls = "wss".equalsIgnoreCase(uri.getScheme());
        int usual = tls ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        InetSocketAddress to =
                InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort());
        Consumer<String> failed = failure -> handler.closed(ClientHandshake.FAILED, "cannot " + failure);
        Consumer<Channel> furnish = channel -> channel.pipeline()
                .addLast(NioWebSocket.HTTP, new HttpResponseDecoder(http))
                .addLast(NioWebSocket.HANDSHAKE, new ClientHandshake(nio, uri, options, handler));
        if (tls) {
            nio.connect(to, options.trust(), options.limits(), furnish, failed);
        } else {
            nio.connect(to, options.limits(), furnish, failed);
        }
    }

    private static void check(URI uri) {
        if (!SCHEMES.contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
                || uri.getHost() == null
                || uri.getPort() == 0
                || uri.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "a WebSocket address is ws://host:port/path or wss://host:port/path, not " + uri);
        }
    }
}

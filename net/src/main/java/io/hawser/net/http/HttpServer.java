package io.hawser.net.http;

import io.hawser.net.CannotListenException;
import io.hawser.net.Handshake;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.NioListener;
import io.hawser.net.NioLoop;
import io.hawser.net.ServerHandshake;
import io.hawser.net.tls.TlsIdentity;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;

/** Listens for HTTP/1.1, and for WebSockets on the same port. Callable from any thread but a loop's. */
public final class HttpServer {
    private HttpServer() {}

    /**
     * What a server answers, and to whom.
     *
     * @param routes who answers requests
     * @param webSockets is asked for each sound WebSocket handshake, on the connection's loop; empty: an upgrade is not
     *     offered, and the request is answered by the routes
     * @param tls who the server is; empty: plain HTTP
     * @param sites names and pages
     * @param net times and sizes of connections and WebSockets
     * @param http times and sizes of requests
     */
    public record Options(
            Routes routes,
            Optional<Function<Handshake, Handshake.Answer>> webSockets,
            Optional<TlsIdentity> tls,
            Sites sites,
            NetLimits net,
            HttpLimits http) {
        /** Routes alone, for everybody, with default limits. */
        public static Options of(Routes routes) {
            return new Options(
                    routes,
                    Optional.empty(),
                    Optional.empty(),
                    Sites.any(),
                    NetLimits.defaults(),
                    HttpLimits.defaults());
        }

        /** These, with WebSockets. */
        public Options with(Function<Handshake, Handshake.Answer> acceptor) {
            return new Options(routes, Optional.of(acceptor), tls, sites, net, http);
        }

        /** These, with TLS. */
        public Options with(TlsIdentity identity) {
            return new Options(routes, webSockets, Optional.of(identity), sites, net, http);
        }

        /** These, for other names and pages. */
        public Options with(Sites others) {
            return new Options(routes, webSockets, tls, others, net, http);
        }

        /** These, with other limits. */
        public Options with(NetLimits connections, HttpLimits requests) {
            return new Options(routes, webSockets, tls, sites, connections, requests);
        }
    }

    /**
     * Listens at {@code at}; connections are spread over {@code loops}.
     *
     * @throws CannotListenException if the port cannot be bound
     */
    public static Listener bind(Loops loops, InetSocketAddress at, Options options) {
        return NioListener.bind(loops, at, options.net(), (channel, loop) -> furnish(channel, loop, options));
    }

    private static void furnish(Channel channel, NioLoop loop, Options options) {
        options.tls()
                .ifPresent(identity -> identity.guard(channel, options.net().tlsTimeout()));
        NioHttp connection = new NioHttp(channel, loop, options);
        channel.pipeline()
                .addLast(ServerHandshake.HTTP, new RequestDecoder(options.net(), connection))
                .addLast(ServerHandshake.HANDSHAKE, connection);
    }
}

package io.hawser.net;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for when it wants a WebSocket.
 *
 * @param path the path, decoded, without the query
 * @param query the query's parameters, decoded; the first of each name
 * @param headers all headers, names in lower case; the first of each name
 * @param subprotocols what {@code Sec-WebSocket-Protocol} offers, in order
 * @param remote the client's address
 * @param certificate the client's certificate, if the server asked for one, it was shown and is believed
 */
public record Handshake(
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        List<String> subprotocols,
        InetSocketAddress remote,
        Optional<X509Certificate> certificate) {
    /** A handshake with copies of the collections. */
    public Handshake {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
        subprotocols = List.copyOf(subprotocols);
    }

    /** One without a certificate. */
    public Handshake(
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            List<String> subprotocols,
            InetSocketAddress remote) {
        this(path, query, headers, subprotocols, remote, Optional.empty());
    }

    /** The header {@code name} (lower case), if the client sent it. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** What a server says to a handshake. */
    public sealed interface Answer {}

    /**
     * Yes.
     *
     * @param subprotocol echoed to the client; empty: no such header in the answer
     * @param handler hears everything on the new WebSocket
     * @param compress whether messages are compressed if the client offers it (RFC 7692)
     */
    public record Accept(Optional<String> subprotocol, WebSocketHandler handler, boolean compress) implements Answer {
        /** Yes, without compression. */
        public Accept(Optional<String> subprotocol, WebSocketHandler handler) {
            this(subprotocol, handler, false);
        }
    }

    /**
     * No.
     *
     * @param status HTTP status, 400 to 599
     * @param reason what was wrong and what to do, sent as text/plain body
     */
    public record Refuse(int status, String reason) implements Answer {}
}

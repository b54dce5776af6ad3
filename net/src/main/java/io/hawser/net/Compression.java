package io.hawser.net;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server and a client have agreed on about compression (RFC 7692). Netty agrees and inflates; what we send is deflated
 * where frames are written. Each of our messages begins anew: what is alike in a row of messages is rarely worth the 256 KiB
 * that a connection would keep for it.
 *
 * @param answer the header that says yes
 * @param inflating takes what the client compressed apart, up to a limit
 */
record Compression(String answer, ChannelHandler inflating) {
    private static final String DEFLATE = "permessage-deflate";
    private static final String OURS_BEGIN_ANEW = "server_no_context_takeover";
    private static final int LARGEST_WINDOW = 15;
    /** Of Netty's encoder, which is not used. */
    private static final int LEVEL = 1;

    /** What can be agreed on with a client that sent {@code headers}, with messages of at most {@code mostBytes} inflated. */
    static Optional<Compression> agree(HttpHeaders headers, int mostBytes) {
        PerMessageDeflateServerExtensionHandshaker deflate =
                new PerMessageDeflateServerExtensionHandshaker(LEVEL, false, LARGEST_WINDOW, true, true, 2 * mostBytes);
        for (String line : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
            for (WebSocketExtensionData offer : WebSocketExtensionUtil.extractExtensions(line)) {
                WebSocketServerExtension agreed = deflate.handshakeExtension(offer);
                if (agreed != null) {
                    Map<String, String> said = agreed.newReponseData().parameters();
                    return Optional.of(new Compression(answer(said), agreed.newExtensionDecoder()));
                }
            }
        }
        return Optional.empty();
    }

    private static String answer(Map<String, String> parameters) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put(OURS_BEGIN_ANEW, "");
        StringBuilder answer = new StringBuilder(DEFLATE);
        all.forEach((name, value) ->
                answer.append("; ").append(name).append(value == null || value.isEmpty() ? "" : "=" + value));
        return answer.toString();
    }
}

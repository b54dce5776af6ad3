package io.hawser.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.net.wire.WebSocketKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first words of a WebSocket client: one HTTP request, and a look at the answer (RFC 6455 4.1).
 *
 * <p>Every field belongs to the loop.
 */
final class ClientHandshake extends ChannelInboundHandlerAdapter {
    /** The code that tells that there never was a WebSocket. */
    static final int FAILED = 1006;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST_TEXT = 512;

    private final NioLoop loop;
    private final URI uri;
    private final WebSocketClient.Options options;
    private final WebSocketHandler handler;
    private final String key = WebSocketKey.random(RANDOM);
    private final StringBuilder refusal = new StringBuilder();
    private @Nullable Future<?> cut;
    private @Nullable HttpResponse response;
    private boolean failed;

    ClientHandshake(NioLoop loop, URI uri, WebSocketClient.Options options, WebSocketHandler handler) {
        this.loop = loop;
        this.uri = uri;
        this.options = options;
        this.handler = handler;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        long millis = options.limits().handshakeTimeout().toMillis();
        cut = ctx.executor()
                .schedule(() -> fail(ctx, "no answer within " + millis + " ms"), millis, TimeUnit.MILLISECONDS);
        ctx.writeAndFlush(Unpooled.wrappedBuffer(request().getBytes(ISO_8859_1)))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (cut != null) {
            cut.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (failed) {
                return;
            }
            if (message instanceof HttpResponse head) {
                response = head;
            } else if (message instanceof HttpContent part && response != null) {
                answered(ctx, response, part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, response == null ? "the server ended the TCP connection" : refused(response));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, String.valueOf(cause.getMessage()));
    }

    private String request() {
        StringBuilder lines = new StringBuilder("GET ")
                .append(Optional.of(uri.getRawPath())
                        .filter(path -> !path.isEmpty())
                        .orElse("/"))
                .append(Optional.ofNullable(uri.getRawQuery())
                        .map(query -> "?" + query)
                        .orElse(""))
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getHost())
                .append(uri.getPort() < 0 ? "" : ":" + uri.getPort())
                .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
                .append("Sec-WebSocket-Key: ")
                .append(key)
                .append("\r\n");
        if (!options.subprotocols().isEmpty()) {
            lines.append("Sec-WebSocket-Protocol: ")
                    .append(String.join(", ", options.subprotocols()))
                    .append("\r\n");
        }
        options.headers()
                .forEach((name, value) ->
                        lines.append(name).append(": ").append(value).append("\r\n"));
        return lines.append("\r\n").toString();
    }

    private void answered(ChannelHandlerContext ctx, HttpResponse head, HttpContent part) {
        ByteBuf text = part.content();
        int room = LONGEST_TEXT - refusal.length();
        refusal.append(text.toString(text.readerIndex(), Math.min(room, text.readableBytes()), UTF_8));
        if (part instanceof LastHttpContent || refusal.length() >= LONGEST_TEXT) {
            Optional<String> fault = faultOf(head);
            if (fault.isPresent()) {
                fail(ctx, fault.get());
            } else {
                NioWebSocket.open(ctx.channel(), loop, options.limits(), handler);
            }
        }
    }

    private Optional<String> faultOf(HttpResponse head) {
        HttpHeaders headers = head.headers();
        if (head.decoderResult().isFailure()) {
            return Optional.of("the answer is not sound HTTP");
        }
        if (head.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            return Optional.of(refused(head));
        }
        if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                || !WebSocketKey.answerTo(key).equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))) {
            return Optional.of("the server does not speak WebSocket");
        }
        String chosen = headers.get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        if (chosen != null && !options.subprotocols().contains(chosen)) {
            return Optional.of("the server chose a sub-protocol that was not offered: " + chosen);
        }
        if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
            return Optional.of("the server chose an extension, and none was offered");
        }
        return Optional.empty();
    }

    private String refused(HttpResponse head) {
        String text = refusal.toString().strip();
        return "the server refused: HTTP " + head.status() + (text.isEmpty() ? "" : ": " + text);
    }

    private void fail(ChannelHandlerContext ctx, String why) {
        if (!failed) {
            failed = true;
            NioConnection.drop(ctx.channel());
            handler.closed(FAILED, "cannot connect to " + uri + ": " + why);
        }
    }
}

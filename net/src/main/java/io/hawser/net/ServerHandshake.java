package io.hawser.net;

import io.hawser.net.tls.TlsIdentity;
import io.hawser.net.wire.HttpAnswer;
import io.hawser.net.wire.WebSocketKey;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first words of a connection to a WebSocket server: one HTTP request and its answer (RFC 6455 4.2). Public for the
 * rooms of net alone.
 *
 * <p>Every field belongs to the loop.
 */
public final class ServerHandshake extends ChannelInboundHandlerAdapter {
    /** The name of the request decoder in a pipeline that can become a WebSocket. */
    public static final String HTTP = NioWebSocket.HTTP;

    /** The name of the handler that makes way for the handshake, and then of the handshake. */
    public static final String HANDSHAKE = NioWebSocket.HANDSHAKE;

    private static final Logger LOG = LoggerFactory.getLogger(ServerHandshake.class);
    private static final String VERSION = "13";

    private final NioLoop loop;
    private final NetLimits limits;
    private final Function<Handshake, Handshake.Answer> acceptor;
    private @Nullable Future<?> cut;
    private @Nullable HttpRequest request;
    private boolean refused;

    ServerHandshake(NioLoop loop, NetLimits limits, Function<Handshake, Handshake.Answer> acceptor) {
        this.loop = loop;
        this.limits = limits;
        this.acceptor = acceptor;
    }

    /** Puts a handshake into the place of the handler {@link #HANDSHAKE}; its request comes from {@link #HTTP}. */
    public static void takeOver(
            Channel channel, NioLoop loop, NetLimits limits, Function<Handshake, Handshake.Answer> acceptor) {
        channel.pipeline().replace(HANDSHAKE, HANDSHAKE, new ServerHandshake(loop, limits, acceptor));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        cut = ctx.executor()
                .schedule(
                        () -> NioConnection.drop(ctx.channel()),
                        limits.handshakeTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
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
            if (refused) {
                return;
            }
            if (message instanceof HttpRequest head) {
                Optional<Handshake.Refuse> fault = faultOf(head);
                fault.ifPresent(refusal -> refuse(ctx.channel(), refusal));
                request = head;
            } else if (message instanceof LastHttpContent && request != null) {
                answer(ctx.channel(), request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == NioListener.LEAVE) {
            NioConnection.drop(ctx.channel());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("websocket[{}] handshake failed", ctx.channel().remoteAddress(), cause);
        }
        NioConnection.drop(ctx.channel());
    }

    private void answer(Channel channel, HttpRequest head) {
        Handshake.Answer answer = ask(head, channel);
        if (answer instanceof Handshake.Accept accept) {
            String key = head.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
            Optional<Compression> compression =
                    accept.compress() ? Compression.agree(head.headers(), limits.maxMessageBytes()) : Optional.empty();
            channel.writeAndFlush(HttpAnswer.switching(key, accept.subprotocol(), compression.map(Compression::answer)))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            NioWebSocket.open(channel, loop, limits, accept.handler(), compression);
        } else if (answer instanceof Handshake.Refuse refusal) {
            refuse(channel, refusal);
        }
    }

    private Handshake.Answer ask(HttpRequest head, Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        Handshake handshake;
        try {
            handshake = handshake(head, remote, TlsIdentity.peer(channel));
        } catch (IllegalArgumentException malformed) {
            return new Handshake.Refuse(400, "malformed request target: " + malformed.getMessage());
        }
        try {
            return acceptor.apply(handshake);
        } catch (RuntimeException failure) {
            LOG.error("websocket[{}] refused: the acceptor failed", remote, failure);
            return new Handshake.Refuse(500, "internal error");
        }
    }

    private void refuse(Channel channel, Handshake.Refuse refusal) {
        refused = true;
        NioConnection.hangUp(
                channel.writeAndFlush(HttpAnswer.refusal(refusal.status(), refusal.reason())), limits.closeTimeout());
    }

    /** What is wrong with a request before anybody looks at its path. */
    private static Optional<Handshake.Refuse> faultOf(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return refusal(statusOf(head.decoderResult().cause()), "this is not a sound HTTP request");
        }
        HttpHeaders headers = head.headers();
        if (!head.method().equals(HttpMethod.GET)) {
            return refusal(405, "only GET is understood here, with an upgrade to WebSocket");
        }
        if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return refusal(426, "this port speaks WebSocket only; connect with a WebSocket client");
        }
        if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return refusal(426, "only WebSocket version 13 (RFC 6455) is understood here");
        }
        String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (key == null || !WebSocketKey.isValid(key)) {
            return refusal(400, "Sec-WebSocket-Key must be 16 bytes in Base64");
        }
        if (!head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || !headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0")
                || HttpUtil.isTransferEncodingChunked(head)) {
            return refusal(400, "a WebSocket handshake is HTTP/1.1 and has no body");
        }
        return Optional.empty();
    }

    private static Optional<Handshake.Refuse> refusal(int status, String reason) {
        return Optional.of(new Handshake.Refuse(status, reason));
    }

    private static int statusOf(Throwable fault) {
        if (fault instanceof TooLongHttpHeaderException) {
            return 431;
        }
        return fault instanceof TooLongHttpLineException ? 414 : 400;
    }

    private static Handshake handshake(
            HttpRequest head, InetSocketAddress remote, Optional<X509Certificate> certificate) {
        QueryStringDecoder target = new QueryStringDecoder(head.uri());
        Map<String, String> query = new HashMap<>();
        target.parameters().forEach((name, values) -> query.put(name, values.get(0)));
        Map<String, String> headers = new HashMap<>();
        head.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return new Handshake(target.path(), query, headers, subprotocols(head.headers()), remote, certificate);
    }

    private static List<String> subprotocols(HttpHeaders headers) {
        List<String> offered = new ArrayList<>();
        for (String line : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            for (String name : line.split(",", -1)) {
                if (!name.isBlank()) {
                    offered.add(name.strip());
                }
            }
        }
        return offered;
    }
}

package io.hawser.net;

import io.hawser.net.wire.Fragments;
import io.hawser.net.wire.FrameWriter;
import io.hawser.net.wire.Utf8;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipelineException;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.DataFormatException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open WebSocket, on either side.
 *
 * <p>Every field belongs to the loop. The end (RFC 6455 7): whoever sends Close first waits for the other's, then TCP
 * ends; whoever hears Close first answers with the same code and ends TCP; a fault is told in our Close and nothing
 * more is expected. After our Close nothing is sent, and nothing that arrives is told but the end.
 */
final class NioWebSocket extends NioConnection implements WebSocket {
    static final String HTTP = "http";
    static final String HANDSHAKE = "handshake";
    private static final String INFLATE = "inflate";

    private static final Logger LOG = LoggerFactory.getLogger(NioWebSocket.class);
    private static final byte[] NOTHING = {};
    /** Less is hardly smaller compressed. */
    private static final int WORTH_COMPRESSING = 256;

    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int NO_CODE = 1005;
    private static final int LOST = 1006;
    private static final int BAD_PAYLOAD = 1007;
    private static final int TOO_BIG = 1009;
    private static final int INTERNAL_ERROR = 1011;

    private final Channel channel;
    private final WebSocketHandler handler;
    private final FrameWriter frames;
    private final Fragments fragments;
    private final boolean compressing;
    private boolean binary;
    private boolean closing;
    private int code = LOST;
    private String reason = "the other side ended the TCP connection";

    private NioWebSocket(
            Channel channel,
            NioLoop loop,
            NetLimits limits,
            boolean client,
            WebSocketHandler handler,
            boolean compressing) {
        super(channel, loop, limits);
        this.channel = channel;
        this.compressing = compressing;
        this.handler = handler;
        this.frames = client
                ? FrameWriter.client(batch(), () -> ThreadLocalRandom.current().nextInt())
                : FrameWriter.server(batch());
        this.fragments = new Fragments(limits.maxMessageBytes());
    }

    /**
     * Turns a pipeline from HTTP to frames: the handlers {@link #HTTP} and {@link #HANDSHAKE} make room for a WebSocket.
     * What was already read beyond the handshake is taken as frames, after {@code opened} was told.
     */
    static void open(Channel channel, NioLoop loop, NetLimits limits, WebSocketHandler handler) {
        open(channel, loop, limits, true, handler, Optional.empty());
    }

    /** The same on a server, which may have agreed on {@code compression}. */
    static void open(
            Channel channel,
            NioLoop loop,
            NetLimits limits,
            WebSocketHandler handler,
            Optional<Compression> compression) {
        open(channel, loop, limits, false, handler, compression);
    }

    private static void open(
            Channel channel,
            NioLoop loop,
            NetLimits limits,
            boolean client,
            WebSocketHandler handler,
            Optional<Compression> compression) {
        NioWebSocket socket = new NioWebSocket(channel, loop, limits, client, handler, compression.isPresent());
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(!client)
                .allowMaskMismatch(false)
                .allowExtensions(compression.isPresent())
                .maxFramePayloadLength(limits.maxMessageBytes())
                .closeOnProtocolViolation(false)
                .build();
        channel.pipeline().replace(HANDSHAKE, "websocket", socket);
        socket.open();
        compression.ifPresent(agreed -> channel.pipeline().addBefore("websocket", INFLATE, agreed.inflating()));
        channel.pipeline().replace(HTTP, "frames", new WebSocket13FrameDecoder(config));
    }

    @Override
    public void sendText(byte[] text) {
        sendText(text, text.length, NOTHING);
    }

    @Override
    public void sendText(byte[] head, int headLength, byte[] body) {
        if (closing) {
            return;
        }
        if (compressing && headLength + body.length >= WORTH_COMPRESSING) {
            frames.compressed(head, headLength, body);
        } else {
            frames.text(head, headLength, body);
        }
    }

    /** Closes with 1000, the normal end. */
    @Override
    public void close() {
        close(NORMAL, "");
    }

    @Override
    public void close(int code, String reason) {
        if (!closing) {
            sendClose(code, reason);
            dropLater();
        }
    }

    @Override
    protected boolean take(Object message) {
        if (message instanceof CloseWebSocketFrame close) {
            answerClose(close);
        } else if (!closing) {
            if (message instanceof PingWebSocketFrame ping) {
                answerPing(ping);
            } else if (message instanceof WebSocketFrame frame && !(message instanceof PongWebSocketFrame)) {
                gather(frame);
            }
        }
        return true;
    }

    @Override
    protected void tellOpened() {
        handler.opened(this);
    }

    @Override
    protected void tellWritable() {
        handler.writable();
    }

    @Override
    protected void tellClosed() {
        handler.closed(code, reason);
    }

    @Override
    protected void sayGoodbye() {
        close(GOING_AWAY, "the listener closes");
    }

    @Override
    protected void fail(Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException fault) {
            breakOff(fault.closeStatus().code(), String.valueOf(fault.getMessage()));
        } else if (cause instanceof CodecException && compressing) {
            boolean sound =
                    cause instanceof DecompressionException && !(cause.getCause() instanceof DataFormatException);
            breakOff(sound ? TOO_BIG : BAD_PAYLOAD, sound ? "a message is too long inflated" : "it cannot be inflated");
            inflateNoMore();
        } else if (cause instanceof ChannelPipelineException && closing) {
            LOG.debug("websocket[{}] the inflater that failed is gone", remote(), cause);
        } else if (cause instanceof IOException) {
            lose(String.valueOf(cause.getMessage()));
        } else {
            LOG.error("websocket[{}] closed: its handler failed", remote(), cause);
            breakOff(INTERNAL_ERROR, "internal error");
        }
    }

    /** An inflater that has failed keeps the end of the connection to itself. */
    private void inflateNoMore() {
        if (channel.pipeline().get(INFLATE) != null) {
            channel.pipeline().remove(INFLATE);
        }
    }

    private void gather(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame) {
            binary = false;
        } else if (frame instanceof BinaryWebSocketFrame) {
            binary = true;
        }
        byte[] message = fragments.add(frame.content(), frame.isFinalFragment());
        if (message == null) {
            return;
        }
        if (binary) {
            handler.binary(message);
        } else if (Utf8.isValid(message)) {
            handler.text(message);
        } else {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "a text message must be UTF-8");
        }
    }

    /** A side that does not read gets no Pong: nothing may grow because it only asks. */
    private void answerPing(PingWebSocketFrame ping) {
        if (writable()) {
            frames.pong(ping.content());
        }
    }

    private void answerClose(CloseWebSocketFrame close) {
        int theirs = close.statusCode() < 0 ? NO_CODE : close.statusCode();
        if (!closing) {
            sendClose(theirs, "");
        }
        code = theirs;
        reason = close.reasonText();
        hangUp();
    }

    private void breakOff(int code, String reason) {
        if (!closing) {
            sendClose(code, reason);
        }
        hangUp();
    }

    private void sendClose(int code, String reason) {
        this.code = code;
        this.reason = reason;
        frames.close(code, reason);
        closing = true;
        readToTheEnd();
    }

    private void lose(String why) {
        if (!closing) {
            reason = "the connection was lost: " + why;
        }
        drop();
    }
}

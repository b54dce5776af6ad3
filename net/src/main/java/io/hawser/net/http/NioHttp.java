package io.hawser.net.http;

import io.hawser.net.NioConnection;
import io.hawser.net.NioLoop;
import io.hawser.net.ServerHandshake;
import io.hawser.net.wire.Batch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the server: a row of exchanges, one after the other. Every field belongs to the loop.
 *
 * <h2>Order, pauses and time</h2>
 *
 * <p>A request that comes before the last one is answered is held, and reading stops until its turn ({@code turn}). A body
 * without a reader holds reading as well ({@code reader}), and so does a handler that says so ({@code handler}). An answer
 * may come before its request's body has; a short rest is then read and forgotten, after a long one the connection ends.
 *
 * <pre>
 *   connected --headTimeout--> head --handler--> body --bodyTimeout a piece--> answer --idleTimeout--+
 *       ^                                                                                            |
 *       +------------------------------- first byte of the next head: headTimeout -------------------+
 * </pre>
 */
final class NioHttp extends NioConnection {
    private static final Logger LOG = LoggerFactory.getLogger(NioHttp.class);
    private static final long FORGOTTEN = 64 * 1024;
    /** How long a client that asked nothing may take to answer our FIN; browsers do not answer it at all. */
    private static final Duration IDLE_CLOSE = Duration.ofMillis(100);

    private final Channel channel;
    private final NioLoop loop;
    private final HttpServer.Options options;
    private final Deadline deadline;
    private final Deadline sending;
    private @Nullable Exchange exchange;
    private boolean headAwaited = true;
    private boolean somethingCame;
    private boolean upgraded;
    private boolean closing;
    private boolean turnAwaited;
    private boolean readerAwaited;
    private boolean handlerPaused;
    private long forgotten;

    NioHttp(Channel channel, NioLoop loop, HttpServer.Options options) {
        super(channel, loop, options.net());
        this.channel = channel;
        this.loop = loop;
        this.options = options;
        this.deadline = new Deadline(loop);
        this.sending = new Deadline(loop);
    }

    HttpLimits limits() {
        return options.http();
    }

    Batch out() {
        return batch();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        open();
    }

    @Override
    protected void tellOpened() {
        deadline.in(limits().headTimeout(), this::headIsLate);
    }

    /** Bytes came, before they are anything. */
    void heard() {
        if (headAwaited && !somethingCame && !closing && !upgraded) {
            somethingCame = true;
            deadline.in(limits().headTimeout(), this::headIsLate);
        }
    }

    @Override
    protected boolean take(Object message) {
        if (upgraded) {
            pass(message);
        } else if (closing) {
            return true;
        } else if (message instanceof io.netty.handler.codec.http.HttpRequest head) {
            return takeHead(head);
        } else if (message instanceof HttpContent content) {
            return takeBody(content);
        }
        return true;
    }

    private boolean takeHead(io.netty.handler.codec.http.HttpRequest message) {
        if (exchange != null) {
            turnAwaited = true;
            pause();
            return false;
        }
        RequestHead head = new RequestHead(message);
        Optional<HttpResponse> fault = head.fault();
        if (fault.isPresent()) {
            refuse(fault.get(), head);
            return true;
        }
        HttpRequest request;
        try {
            request = head.request(remote(), certificate());
        } catch (IllegalArgumentException malformed) {
            refuse(HttpResponse.error(400, "malformed request target: " + malformed.getMessage()), head);
            return true;
        }
        Optional<HttpResponse> objection = options.sites().objection(request);
        if (objection.isPresent()) {
            refuse(objection.get(), head);
        } else if (head.wantsWebSocket() && options.webSockets().isPresent()) {
            upgrade(message);
        } else {
            begin(head, request);
        }
        return true;
    }

    private void begin(RequestHead head, HttpRequest request) {
        headAwaited = false;
        somethingCame = false;
        forgotten = 0;
        deadline.cancel();
        Routes.Found found = options.routes().find(request);
        Exchange begun = new Exchange(this, head, found.request());
        exchange = begun;
        try {
            found.handler().handle(begun);
        } catch (RuntimeException failure) {
            failed(begun, failure);
        }
    }

    private boolean takeBody(HttpContent content) {
        Exchange current = exchange;
        if (current == null) {
            return true;
        }
        if (content.decoderResult().isFailure()) {
            current.breakOff(HttpResponse.error(400, "the body is not soundly chunked"));
            return true;
        }
        ByteBuf bytes = content.content();
        boolean last = content instanceof LastHttpContent;
        if (current.forgetsBody()) {
            forgotten += bytes.readableBytes();
        } else if (current.holdsBody()) {
            readerAwaited = true;
            pause();
            return false;
        } else if (bytes.isReadable()) {
            current.piece(ByteBufUtil.getBytes(bytes));
        }
        if (last && exchange == current) {
            current.bodyEnded();
        } else if (forgotten > FORGOTTEN) {
            leave();
        }
        return true;
    }

    /** Hands the connection over to the WebSocket handshake, which takes everything from its request on. */
    private void upgrade(io.netty.handler.codec.http.HttpRequest head) {
        upgraded = true;
        deadline.cancel();
        ServerHandshake.takeOver(
                channel, loop, options.net(), options.webSockets().orElseThrow());
        pass(head);
    }

    private void pass(Object message) {
        channel.pipeline().context(ServerHandshake.HTTP).fireChannelRead(ReferenceCountUtil.retain(message));
    }

    /** Answers what cannot become an exchange, and ends. */
    private void refuse(HttpResponse response, RequestHead head) {
        refuse(response, !head.isHead());
    }

    private void refuse(HttpResponse response, boolean withBody) {
        Answer.whole(batch(), response.with("Connection", "close"), withBody);
        leave();
    }

    /** The exchange is over: the next request may come, or nothing more. */
    void finished(boolean goOn) {
        exchange = null;
        handlerPaused = false;
        if (!goOn) {
            leave();
            return;
        }
        headAwaited = true;
        turnAwaited = false;
        readerAwaited = false;
        deadline.in(limits().idleTimeout(), this::idle);
        pause();
    }

    /** A reader for the body is there. */
    void readerCame() {
        readerAwaited = false;
        pause();
    }

    void handlerPauses(boolean on) {
        handlerPaused = on;
        pause();
    }

    private void pause() {
        reading(!turnAwaited && !readerAwaited && !handlerPaused);
    }

    /** Something was written: the client has to read it in time. */
    void wrote() {
        long before = batch().sent();
        sending.unlessPending(limits().sendTimeout(), () -> {
            if (unsent() > 0) {
                if (batch().sent() == before) {
                    drop();
                } else {
                    wrote();
                }
            }
        });
    }

    /** Sends what is written, and ends. */
    void leave() {
        if (!closing) {
            closing = true;
            deadline.cancel();
            readToTheEnd();
            wrote();
            batch().finish().addListener(sent -> hangUp());
        }
    }

    private void headIsLate() {
        if (somethingCame) {
            long seconds = limits().headTimeout().toSeconds();
            refuse(HttpResponse.error(408, "the head of a request must be complete within " + seconds + " s"), true);
        } else {
            drop();
        }
    }

    private void idle() {
        if (unsent() == 0) {
            leave();
        } else {
            deadline.in(limits().idleTimeout(), this::idle);
        }
    }

    private void failed(Exchange of, Throwable failure) {
        LOG.error(
                "http[{}] {} {} failed",
                remote(),
                of.request().method(),
                of.request().path(),
                failure);
        of.breakOff(HttpResponse.error(500, "internal error"));
    }

    /** What is left of an answer cannot be had. */
    void brokeOff(Exchange of, Throwable why) {
        LOG.error(
                "http[{}] the answer to {} {} broke off: {}",
                remote(),
                of.request().method(),
                of.request().path(),
                why.getMessage());
        drop();
    }

    @Override
    public void close() {
        leave();
    }

    @Override
    protected void tellWritable() {
        if (exchange != null) {
            exchange.tellWritable();
        }
    }

    @Override
    protected void tellClosed() {
        closing = true;
        deadline.cancel();
        sending.cancel();
        if (exchange != null) {
            exchange.tellGone();
        }
    }

    @Override
    protected void sayGoodbye() {
        if (exchange != null) {
            exchange.beLast();
            return;
        }
        boolean idle = headAwaited && !somethingCame && !upgraded && !closing && unsent() == 0;
        leave();
        if (idle) {
            dropLater(IDLE_CLOSE);
        }
    }

    @Override
    protected void fail(Throwable cause) {
        if (exchange != null && !(cause instanceof IOException)) {
            failed(exchange, cause);
        } else {
            drop();
        }
    }

    void awaitNothing() {
        deadline.cancel();
    }

    /** Within {@code limit} the body must bring something. */
    void awaitBody(Duration limit) {
        deadline.in(limit, () -> {
            if (exchange != null) {
                exchange.breakOff(HttpResponse.error(408, "the body of the request did not come in time"));
            }
        });
    }
}

package io.hawser.net.http;

import io.hawser.net.NioConnection;
import io.hawser.net.NioLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of the client: one call after the other. Every field belongs to the loop. */
final class NioHttpClient extends NioConnection {
    private static final Logger LOG = LoggerFactory.getLogger(NioHttpClient.class);
    private static final int FIRST_FINAL_STATUS = 200;
    private static final int LAST_STATUS = 599;

    private final HttpClient owner;
    private final ResponseDecoder decoder;
    private final Deadline deadline;
    private @Nullable HttpReader reader;
    private @Nullable Runnable again;
    private @Nullable String address;
    private boolean interim;
    private boolean headCame;
    private boolean keepsAlive;
    private String reason = "the server ended the connection before the answer was complete";

    private NioHttpClient(Channel channel, NioLoop loop, HttpClient owner, ResponseDecoder decoder) {
        super(channel, loop, owner.options().net());
        this.owner = owner;
        this.decoder = decoder;
        this.deadline = new Deadline(loop);
    }

    /** Puts the first handlers of a new connection; {@code opened} is told when it can take a call. */
    static void furnish(Channel channel, NioLoop loop, HttpClient owner, Consumer<NioHttpClient> opened) {
        ResponseDecoder decoder = new ResponseDecoder(owner.options().net());
        channel.pipeline().addLast(decoder).addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                NioHttpClient connection = new NioHttpClient(ctx.channel(), loop, owner, decoder);
                ctx.pipeline().replace(this, "client", connection);
                opened.accept(connection);
            }
        });
    }

    /** Makes a call. If the connection turns out to be dead, {@code onceMore} makes it again, elsewhere. */
    void begin(HttpCall call, HttpReader told, @Nullable Runnable onceMore) {
        reader = told;
        again = onceMore;
        address = call.address();
        headCame = false;
        decoder.expect(call.method());
        reading(true);
        told.begun(this);
        Answer.write(batch(), call.head());
        Answer.write(batch(), call.body());
        long millis = owner.options().answerTimeout().toMillis();
        deadline.in(owner.options().answerTimeout(), () -> lose(call + ": no answer within " + millis + " ms"));
    }

    @Override
    protected boolean take(Object message) {
        HttpReader told = reader;
        if (told == null) {
            drop();
        } else if (message instanceof io.netty.handler.codec.http.HttpResponse head) {
            takeHead(head, told);
        } else if (message instanceof HttpContent content) {
            takeBody(content, told);
        }
        return true;
    }

    private void takeHead(io.netty.handler.codec.http.HttpResponse head, HttpReader told) {
        int status = head.status().code();
        again = null;
        if (head.decoderResult().isFailure() || status > LAST_STATUS) {
            garble("the answer is not sound HTTP");
            return;
        }
        interim = status < FIRST_FINAL_STATUS;
        if (!interim) {
            headCame = true;
            keepsAlive = HttpUtil.isKeepAlive(head);
            awaitMore();
            Map<String, String> headers = new LinkedHashMap<>();
            head.headers().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
            told.head(HttpResponse.received(status, headers), this);
        }
    }

    private void takeBody(HttpContent content, HttpReader told) {
        ByteBuf bytes = content.content();
        if (content.decoderResult().isFailure()) {
            garble("the answer's body is not soundly chunked");
            return;
        }
        if (interim) {
            return;
        }
        awaitMore();
        if (bytes.isReadable()) {
            told.piece(ByteBufUtil.getBytes(bytes));
        }
        if (content instanceof LastHttpContent) {
            ended(told);
        }
    }

    private void ended(HttpReader told) {
        reader = null;
        deadline.cancel();
        reading(true);
        if (keepsAlive && address != null) {
            deadline.in(owner.options().http().idleTimeout(), this::drop);
            owner.keep(address, this);
        } else {
            hangUp();
        }
        told.end();
    }

    private void awaitMore() {
        deadline.in(owner.options().http().bodyTimeout(), () -> {
            if (isReading()) {
                lose("the answer stopped before its end");
            } else {
                awaitMore();
            }
        });
    }

    private void lose(String why) {
        end(told -> told.failed(why));
    }

    private void garble(String why) {
        end(told -> told.garbled(why));
    }

    private void end(Consumer<HttpReader> how) {
        HttpReader told = reader;
        reader = null;
        drop();
        if (told != null) {
            how.accept(told);
        }
    }

    @Override
    public void close() {
        drop();
    }

    @Override
    protected void tellOpened() {
        // The first call is what opens it.
    }

    @Override
    protected void tellWritable() {
        // A call's body is handed over as a whole.
    }

    @Override
    protected void tellClosed() {
        deadline.cancel();
        owner.forget(address, this);
        HttpReader told = reader;
        reader = null;
        if (told != null && again != null && !headCame) {
            again.run();
        } else if (told != null) {
            told.failed(reason);
        }
    }

    @Override
    protected void sayGoodbye() {
        drop();
    }

    @Override
    protected void fail(Throwable cause) {
        if (cause instanceof IOException) {
            reason = "the connection was lost: " + cause.getMessage();
        } else {
            LOG.error("http[{}] closed: its reader failed", remote(), cause);
            reason = "internal error";
        }
        drop();
    }
}

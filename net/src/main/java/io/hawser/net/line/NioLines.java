package io.hawser.net.line;

import io.hawser.net.NetLimits;
import io.hawser.net.NioConnection;
import io.hawser.net.NioLoop;
import io.hawser.net.wire.Batch;
import io.hawser.net.wire.LineSplitter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open line connection, on either side. Every field belongs to the loop. */
final class NioLines extends NioConnection implements LineConnection, LineSplitter.Lines {
    private static final Logger LOG = LoggerFactory.getLogger(NioLines.class);

    private final LineHandler handler;
    private final LineSplitter splitter;
    private boolean closing;
    private String reason = "";

    private NioLines(Channel channel, NioLoop loop, NetLimits limits, LineHandler handler) {
        super(channel, loop, limits);
        this.handler = handler;
        this.splitter = new LineSplitter(limits.maxLineBytes());
    }

    /** A first handler that makes way for a line connection as soon as TCP is connected. */
    static ChannelHandler opener(NioLoop loop, NetLimits limits, Supplier<LineHandler> handlers) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                NioLines lines = new NioLines(ctx.channel(), loop, limits, handlers.get());
                ctx.pipeline().replace(this, "lines", lines);
                lines.open();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                LOG.error("lines[{}] closed: no handler for it", ctx.channel().remoteAddress(), cause);
                NioConnection.drop(ctx.channel());
            }
        };
    }

    @Override
    public void send(byte[] bytes) {
        if (closing) {
            return;
        }
        if (bytes.length < Batch.SHARE_FROM) {
            batch().room(bytes.length).writeBytes(bytes);
        } else {
            batch().share(bytes);
        }
        batch().written();
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            hangUp();
        }
    }

    @Override
    protected boolean take(Object message) {
        ByteBuf in = (ByteBuf) message;
        while (in.isReadable() && isReading() && !closing) {
            splitter.next(in, this);
        }
        return closing || !in.isReadable();
    }

    @Override
    public void line(byte[] line) {
        handler.line(line);
    }

    @Override
    public void tooLong(int limit) {
        handler.tooLong(limit);
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
        handler.closed(reason);
    }

    @Override
    protected void sayGoodbye() {
        close();
    }

    @Override
    protected void fail(Throwable cause) {
        if (cause instanceof IOException) {
            reason = closing ? reason : "the connection was lost: " + cause.getMessage();
            drop();
        } else {
            LOG.error("lines[{}] closed: its handler failed", remote(), cause);
            reason = "internal error";
            close();
        }
    }
}

package io.hawser.net;

import io.hawser.net.wire.Batch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What connections have in common that send bytes as they are and cut what comes into pieces. Every field belongs to the
 * loop. Public for the rooms of net alone.
 */
public abstract class PlainConnection extends NioConnection {
    private static final Logger LOG = LoggerFactory.getLogger(PlainConnection.class);

    private final String kind;
    private boolean closing;
    private String reason = "";

    /** A connection on {@code channel}, which is connected; {@code kind} is what the log calls it. */
    protected PlainConnection(String kind, Channel channel, NioLoop loop, NetLimits limits) {
        super(channel, loop, limits);
        this.kind = kind;
    }

    /** A first handler that makes way for what {@code connections} makes as soon as TCP is connected. */
    protected static ChannelHandler opener(String kind, Function<Channel, PlainConnection> connections) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                PlainConnection connection = connections.apply(ctx.channel());
                ctx.pipeline().replace(this, kind, connection);
                connection.open();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                LOG.error(
                        "{}[{}] closed: no handler for it", kind, ctx.channel().remoteAddress(), cause);
                NioConnection.drop(ctx.channel());
            }
        };
    }

    /** Takes some of {@code in} and tells at most one thing. */
    protected abstract void takeSome(ByteBuf in);

    /** Tells the user's handler the end. */
    protected abstract void tellClosed(String why);

    /** Sends {@code bytes} as they are, unless it is closing. */
    public final void send(byte[] bytes) {
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
    public final void close() {
        if (!closing) {
            closing = true;
            hangUp();
        }
    }

    @Override
    protected final boolean take(Object message) {
        ByteBuf in = (ByteBuf) message;
        while (in.isReadable() && isReading() && !closing) {
            takeSome(in);
        }
        return closing || !in.isReadable();
    }

    @Override
    protected final void tellClosed() {
        tellClosed(reason);
    }

    @Override
    protected final void sayGoodbye() {
        close();
    }

    @Override
    protected final void fail(Throwable cause) {
        if (cause instanceof IOException) {
            reason = closing ? reason : "the connection was lost: " + cause.getMessage();
            drop();
        } else {
            LOG.error("{}[{}] closed: its handler failed", kind, remote(), cause);
            reason = "internal error";
            close();
        }
    }
}

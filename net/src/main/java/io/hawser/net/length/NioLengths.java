package io.hawser.net.length;

import io.hawser.net.NetLimits;
import io.hawser.net.NioLoop;
import io.hawser.net.PlainConnection;
import io.hawser.net.wire.LengthSplitter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import java.util.function.Supplier;

/** One open connection of frames, on either side. Every field belongs to the loop. */
final class NioLengths extends PlainConnection implements LengthConnection, LengthSplitter.Frames {
    private static final String KIND = "frames";

    private final Channel channel;
    private final LengthHandler handler;
    private final LengthSplitter splitter = new LengthSplitter();

    private NioLengths(Channel channel, NioLoop loop, NetLimits limits, LengthHandler handler) {
        super(KIND, channel, loop, limits);
        this.channel = channel;
        this.handler = handler;
    }

    /** A first handler that makes way for a connection of frames as soon as TCP is connected. */
    static ChannelHandler opener(NioLoop loop, NetLimits limits, Supplier<LengthHandler> handlers) {
        return opener(KIND, channel -> new NioLengths(channel, loop, limits, handlers.get()));
    }

    @Override
    public boolean keepAlive(Keepalive times) {
        return times.on(channel);
    }

    @Override
    public void holdAhead(int bytes) {
        channel.config().setOption(ChannelOption.SO_SNDBUF, bytes);
    }

    @Override
    public void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        drop();
    }

    @Override
    protected void takeSome(ByteBuf in) {
        splitter.next(in, this);
    }

    @Override
    public long header(byte[] header) {
        return handler.header(header);
    }

    @Override
    public void content(byte[] piece, boolean last) {
        handler.content(piece, last);
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
    protected void tellClosed(String why) {
        handler.closed(why);
    }
}

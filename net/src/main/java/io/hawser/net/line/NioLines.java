package io.hawser.net.line;

import io.hawser.net.NetLimits;
import io.hawser.net.NioLoop;
import io.hawser.net.PlainConnection;
import io.hawser.net.wire.LineSplitter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.function.Supplier;

/** One open line connection, on either side. Every field belongs to the loop. */
final class NioLines extends PlainConnection implements LineConnection, LineSplitter.Lines {
    private static final String KIND = "lines";

    private final LineHandler handler;
    private final LineSplitter splitter;

    private NioLines(Channel channel, NioLoop loop, NetLimits limits, LineHandler handler) {
        super(KIND, channel, loop, limits);
        this.handler = handler;
        this.splitter = new LineSplitter(limits.maxLineBytes());
    }

    /** A first handler that makes way for a line connection as soon as TCP is connected. */
    static ChannelHandler opener(NioLoop loop, NetLimits limits, Supplier<LineHandler> handlers) {
        return opener(KIND, channel -> new NioLines(channel, loop, limits, handlers.get()));
    }

    @Override
    protected void takeSome(ByteBuf in) {
        splitter.next(in, this);
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
    protected void tellClosed(String why) {
        handler.closed(why);
    }
}

package io.hawser.verify.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One connection of the loader with what arrived on it. Owner: the loader's thread. */
final class Link implements AutoCloseable {
    private final Dialect dialect;
    private final SocketChannel channel;
    private final Tally tally = new Tally(Publication.FIRST);
    private byte[] partial = {};

    private Link(Dialect dialect, SocketChannel channel) {
        this.dialect = dialect;
        this.channel = channel;
    }

    /** Connects to {@code broker} as {@code name}; the channel blocks. */
    static Link to(InetSocketAddress broker, Dialect dialect, String name) throws IOException {
        SocketChannel channel = SocketChannel.open(broker);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        dialect.join(channel, name);
        return new Link(dialect, channel);
    }

    SocketChannel channel() {
        return channel;
    }

    Tally tally() {
        return tally;
    }

    /**
     * Takes what has arrived, as much as fits into {@code in}, and returns how many messages that were.
     *
     * @param in shared by all connections, longer than any frame; what it holds of a partial frame is kept here
     */
    long read(ByteBuffer in) throws IOException {
        if (channel.read(in.clear().put(partial)) < 0) {
            throw new EOFException("the broker closed a connection");
        }
        long before = tally.received();
        dialect.take(in.flip(), tally);
        partial = new byte[in.remaining()];
        in.get(partial);
        return tally.received() - before;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

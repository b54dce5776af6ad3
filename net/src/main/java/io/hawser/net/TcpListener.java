package io.hawser.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A bound TCP port and the connections that came in there. Callable from any thread. */
final class TcpListener implements Listener {
    /** The event that asks a connection's handler to close it politely, because its listener closes. */
    static final Object LEAVE = new Object() {
        @Override
        public String toString() {
            return "the listener closes";
        }
    };

    private static final long MARGIN_MILLIS = 1000;

    private final Channel port;
    private final InetSocketAddress address;
    private final ChannelGroup connections;
    private final long patienceMillis;

    private TcpListener(Channel port, ChannelGroup connections, NetLimits limits) {
        this.port = port;
        this.address = (InetSocketAddress) port.localAddress();
        this.connections = connections;
        this.patienceMillis = limits.closeTimeout().toMillis() + MARGIN_MILLIS;
    }

    /** Listens at {@code at}; {@code furnish} puts the first handlers into each new connection, on its loop. */
    static Listener bind(EventLoopGroup loops, InetSocketAddress at, NetLimits limits, Consumer<Channel> furnish) {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        ChannelHandler newcomer = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                connections.add(channel);
                furnish.accept(channel);
            }
        };
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.writeLow(), limits.writeHigh()))
                .childHandler(newcomer)
                .bind(at)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new CannotListenException(at, bound.cause());
        }
        return new TcpListener(bound.channel(), connections, limits);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        NioLoop.free(port);
        for (Channel connection : connections) {
            connection.pipeline().fireUserEventTriggered(LEAVE);
        }
        connections.newCloseFuture().awaitUninterruptibly(patienceMillis);
        connections.close().awaitUninterruptibly(MARGIN_MILLIS);
    }
}

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
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A bound TCP port and the connections that came in there. Public for the rooms of net alone; callable from any thread.
 */
public final class NioListener implements Listener {
    /** The event that asks a connection's handler to close it politely, because its listener closes. */
    public static final Object LEAVE = new Object() {
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

    private NioListener(Channel port, ChannelGroup connections, NetLimits limits) {
        this.port = port;
        this.address = (InetSocketAddress) port.localAddress();
        this.connections = connections;
        this.patienceMillis = limits.closeTimeout().toMillis() + MARGIN_MILLIS;
    }

    /** Listens at {@code at} on all loops; {@code furnish} puts the first handlers into each connection, on its loop. */
    public static Listener bind(
            Loops loops, InetSocketAddress at, NetLimits limits, BiConsumer<Channel, NioLoop> furnish) {
        return bind(loops.group(), at, limits, channel -> furnish.accept(channel, loops.of(channel.eventLoop())));
    }

    /** Listens at {@code at} on one loop. */
    public static Listener bind(
            Loop loop, InetSocketAddress at, NetLimits limits, BiConsumer<Channel, NioLoop> furnish) {
        NioLoop only = NioLoop.of(loop);
        return bind(only.events(), at, limits, channel -> furnish.accept(channel, only));
    }

    private static Listener bind(
            EventLoopGroup loops, InetSocketAddress at, NetLimits limits, Consumer<Channel> furnish) {
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
        return new NioListener(bound.channel(), connections, limits);
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

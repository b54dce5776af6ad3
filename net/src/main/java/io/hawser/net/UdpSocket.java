package io.hawser.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bound UDP socket that shares its port: many programs of one machine can bind it, and each hears what is broadcast
 * ({@code specs/ivy.md} 1).
 *
 * <p>{@code failing} belongs to the loop.
 */
public final class UdpSocket implements Datagrams {
    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);
    private static final int LARGEST_DATAGRAM = 65_507;

    /** How many routers a multicast may pass ({@code specs/ivy.md} 1.12). */
    private static final int MULTICAST_TTL = 64;

    private final NioDatagramChannel channel;
    private final InetSocketAddress address;
    private boolean failing;

    private UdpSocket(NioDatagramChannel channel) {
        this.channel = channel;
        this.address = channel.localAddress();
    }

    /**
     * Binds {@code at} and tells {@code handler} what comes in, on {@code loop}. Callable from any thread but a loop's.
     *
     * @throws CannotListenException if the port cannot be bound
     */
    public static Datagrams bind(Loop loop, InetSocketAddress at, Datagrams.Handler handler) {
        // Linux lets a socket of both families hear no IPv4 multicast.
        SocketProtocolFamily family =
                at.getAddress() instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
        ChannelFuture bound = new Bootstrap()
                .group(NioLoop.of(loop).events())
                .channelFactory(() -> new NioDatagramChannel(family))
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true)
                .option(ChannelOption.SO_BROADCAST, true)
                .option(ChannelOption.IP_MULTICAST_TTL, MULTICAST_TTL)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM))
                .handler(new Receiver(handler))
                .bind(at)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new CannotListenException(at, bound.cause());
        }
        return new UdpSocket((NioDatagramChannel) bound.channel());
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void send(InetSocketAddress to, byte[] payload) {
        channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(payload), to))
                .addListener(sent -> sent(to, sent));
    }

    @Override
    public void join(InetAddress group, Optional<InetAddress> via) {
        try {
            List<NetworkInterface> interfaces = interfaces(via);
            if (via.isPresent()) {
                channel.config().setNetworkInterface(interfaces.get(0));
            }
            for (NetworkInterface one : interfaces) {
                ChannelFuture joined = channel.joinGroup(group, one, null, channel.newPromise())
                        .awaitUninterruptibly();
                if (!joined.isSuccess()) {
                    throw new IOException("cannot join on " + one.getName(), joined.cause());
                }
            }
        } catch (IOException e) {
            throw new CannotListenException(new InetSocketAddress(group, address.getPort()), e);
        }
    }

    private static List<NetworkInterface> interfaces(Optional<InetAddress> via) throws IOException {
        if (via.isPresent()) {
            NetworkInterface only = NetworkInterface.getByInetAddress(via.get());
            if (only == null) {
                throw new IOException(
                        "no interface has the address " + via.get().getHostAddress());
            }
            return List.of(only);
        }
        List<NetworkInterface> found = NetworkInterface.networkInterfaces()
                .filter(UdpSocket::multicasts)
                .toList();
        if (found.isEmpty()) {
            throw new IOException("no interface is up that knows multicast");
        }
        return found;
    }

    private static boolean multicasts(NetworkInterface one) {
        try {
            return one.isUp()
                    && one.supportsMulticast()
                    && one.inetAddresses().anyMatch(a -> !(a instanceof Inet6Address));
        } catch (SocketException gone) {
            return false;
        }
    }

    /** Logs the first failure of a row, not the storm. */
    private void sent(InetSocketAddress to, Future<?> sending) {
        if (!sending.isSuccess() && !failing) {
            LOG.warn("udp[{}] cannot send to {}", address(), to, sending.cause());
        }
        failing = !sending.isSuccess();
    }

    @Override
    public void close() {
        NioLoop.free(channel);
    }

    /** Tells the handler, and survives it. */
    private static final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Datagrams.Handler handler;

        Receiver(Datagrams.Handler handler) {
            this.handler = handler;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            handler.received(packet.sender(), ByteBufUtil.getBytes(packet.content()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.error("udp[{}] goes on after a failure", ctx.channel().localAddress(), cause);
        }
    }
}

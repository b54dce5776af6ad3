package io.hawser.net;

import io.hawser.net.tls.TlsTrust;
import io.hawser.net.wire.SharedBodies;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop on Netty's NIO transport. Public for the rooms of net alone. */
public final class NioLoop implements Loop {
    private static final Logger LOG = LoggerFactory.getLogger(NioLoop.class);

    private static final long FREE_MILLIS = 1000;

    private final EventLoop events;
    private final SharedBodies bodies;
    private final Lookup lookup;

    NioLoop(EventLoop events, Lookup lookup) {
        this.events = events;
        this.lookup = lookup;
        this.bodies = new SharedBodies(events);
    }

    /** The loop itself; only loops that come from {@link Loops} can carry connections. */
    public static NioLoop of(Loop loop) {
        if (loop instanceof NioLoop nio) {
            return nio;
        }
        throw new IllegalArgumentException("only a loop from Loops can carry connections, not " + loop);
    }

    /** Netty's loop. */
    public EventLoop events() {
        return events;
    }

    SharedBodies bodies() {
        return bodies;
    }

    @Override
    public void execute(Runnable task) {
        events.execute(task);
    }

    @Override
    public boolean inLoop() {
        return events.inEventLoop();
    }

    @Override
    public long nanoTime() {
        return events.ticker().nanoTime();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Future<?> planned = events.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> planned.cancel(false);
    }

    /**
     * Begins a TCP connection on this loop; {@code furnish} puts its first handlers. If it fails, {@code failed} is told
     * on this loop: "connect to HOST:PORT: why". A host name is looked up on another thread.
     */
    public void connect(InetSocketAddress to, NetLimits limits, Consumer<Channel> furnish, Consumer<String> failed) {
        connect(to, Optional.empty(), limits, furnish, failed);
    }

    /** The same from an address of this machine's; empty: the system's choice. */
    public void connect(
            InetSocketAddress to,
            Optional<InetAddress> from,
            NetLimits limits,
            Consumer<Channel> furnish,
            Consumer<String> failed) {
        new Bootstrap()
                .group(events)
                .channel(NioSocketChannel.class)
                .resolver(lookup)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.writeLow(), limits.writeHigh()))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        furnish.accept(channel);
                    }
                })
                .localAddress(
                        from.map(address -> new InetSocketAddress(address, 0)).orElse(null))
                .connect(to)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        failed.accept(failure(to, why(connected.cause())));
                    }
                });
    }

    /**
     * The same with TLS, to a server whom {@code trust} believes: what {@code furnish} puts hears nothing before hands
     * are shaken.
     */
    public void connect(
            InetSocketAddress to,
            TlsTrust trust,
            NetLimits limits,
            Consumer<Channel> furnish,
            Consumer<String> failed) {
        trust.prepare();
        Consumer<Channel> guarded = channel -> {
            trust.guard(
                    channel,
                    to.getHostString(),
                    to.getPort(),
                    limits.tlsTimeout(),
                    why -> failed.accept(failure(to, why)));
            furnish.accept(channel);
        };
        connect(to, limits, guarded, failed);
    }

    private static String failure(InetSocketAddress to, String why) {
        return "connect to " + to.getHostString() + ":" + to.getPort() + ": " + why;
    }

    /**
     * Closes a bound port and waits until it is free. The selector lets a closed socket go at its next turn, and a
     * task with a delay never runs before that. Not for a loop.
     */
    static void free(Channel port) {
        port.close().awaitUninterruptibly();
        if (port.eventLoop().isShuttingDown()) {
            return;
        }
        port.eventLoop().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly(FREE_MILLIS);
    }

    /** Netty puts the address behind the system's words; those are in the cause. */
    private static String why(Throwable failure) {
        Throwable origin = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(origin.getMessage());
    }

    /** A future would swallow what a timer's task throws. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.error("a timer's task failed", failure);
        }
    }
}

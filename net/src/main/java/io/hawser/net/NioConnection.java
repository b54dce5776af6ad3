package io.hawser.net;

import io.hawser.net.tls.TlsIdentity;
import io.hawser.net.wire.Batch;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What all connections over TCP have in common: addresses, batch, pausing, the end. Public for the rooms of net alone.
 *
 * <p>Every field belongs to the loop. What was already read when reading stops is held until reading resumes.
 * Whatever is thrown, by a user's handler too, arrives in {@link #fail}, the one place that ends a connection for it.
 */
public abstract class NioConnection extends ChannelInboundHandlerAdapter implements Connection {
    private final Channel channel;
    private final NioLoop loop;
    private final Duration closeTimeout;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final Batch batch;
    private final ArrayDeque<Object> held = new ArrayDeque<>();
    private boolean reading = true;
    private boolean taking;
    private boolean leaving;
    private boolean ended;

    /** A connection on {@code channel}, which is connected. */
    protected NioConnection(Channel channel, NioLoop loop, NetLimits limits) {
        this.channel = channel;
        this.loop = loop;
        this.closeTimeout = limits.closeTimeout();
        this.remote = (InetSocketAddress) channel.remoteAddress();
        this.local = (InetSocketAddress) channel.localAddress();
        this.batch = new Batch(channel, loop.bodies());
    }

    /** Takes what arrived, in order. Returns false if reading stopped before the end of {@code message}. */
    protected abstract boolean take(Object message);

    /** Tells the user's handler that it is open. */
    protected abstract void tellOpened();

    /** Tells the user's handler that it can write again. */
    protected abstract void tellWritable();

    /** Tells the user's handler the end; called once. */
    protected abstract void tellClosed();

    /** Something was thrown: by the network, by a decoder, or by the user's handler. */
    protected abstract void fail(Throwable cause);

    /** Closes because the listener does. */
    protected abstract void sayGoodbye();

    /** Where everything is written. */
    protected final Batch batch() {
        return batch;
    }

    /** False while the user's handler wants to hear nothing. */
    protected final boolean isReading() {
        return reading;
    }

    /** To be called once this handler is in its pipeline. */
    public final void open() {
        try {
            tellOpened();
        } catch (Throwable failure) {
            fail(failure);
        }
    }

    @Override
    public final Loop loop() {
        return loop;
    }

    /** The client's certificate, if one was asked for, shown and believed. */
    protected final Optional<X509Certificate> certificate() {
        return TlsIdentity.peer(channel);
    }

    @Override
    public final InetSocketAddress remote() {
        return remote;
    }

    @Override
    public final InetSocketAddress local() {
        return local;
    }

    @Override
    public final boolean writable() {
        return channel.isWritable();
    }

    @Override
    public final long unsent() {
        return batch.unsent();
    }

    @Override
    public final void reading(boolean on) {
        if (!leaving) {
            read(on);
        }
    }

    /** From now on everything that arrives is taken, whatever the user's handler says about reading. */
    protected final void readToTheEnd() {
        leaving = true;
        read(true);
    }

    @Override
    public final void drop() {
        drop(channel);
    }

    /** Drops TCP now. */
    @SuppressWarnings("FutureReturnValueIgnored") // whether a close worked changes nothing for anybody
    public static void drop(Channel channel) {
        channel.close();
    }

    /** Drops TCP when the close limit has passed. */
    protected final void dropLater() {
        dropLater(closeTimeout);
    }

    /** Drops TCP when {@code limit} has passed. */
    protected final void dropLater(Duration limit) {
        dropLater(channel, limit);
    }

    /** Sends everything, then ends TCP in good order. */
    protected final void hangUp() {
        readToTheEnd();
        hangUp(batch.finish(), closeTimeout);
    }

    /**
     * Ends TCP behind {@code lastWrite}: sends FIN, and reads on until the other side's FIN or until {@code limit} has
     * passed. To close at once with unread input would reset the connection, and the other side could lose what we wrote.
     */
    public static void hangUp(ChannelFuture lastWrite, Duration limit) {
        Channel channel = lastWrite.channel();
        dropLater(channel, limit);
        lastWrite.addListener(done -> {
            if (done.isSuccess() && channel instanceof DuplexChannel tcp) {
                endOutput(tcp);
            } else {
                drop(channel);
            }
        });
    }

    /** Sends FIN; with TLS, its own goodbye first (RFC 8446 6.1). */
    private static void endOutput(DuplexChannel tcp) {
        SslHandler tls = tcp.pipeline().get(SslHandler.class);
        if (tls == null) {
            tcp.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } else {
            tls.closeOutbound()
                    .addListener(said -> tcp.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE));
        }
    }

    private static void dropLater(Channel channel, Duration limit) {
        EventLoop events = channel.eventLoop();
        Future<?> timer = events.schedule(() -> drop(channel), limit.toNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        held.add(message);
        takeHeld();
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable() && !leaving) {
            tellWritable();
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == NioListener.LEAVE) {
            sayGoodbye();
        }
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        if (!ended) {
            ended = true;
            leaving = true;
            held.forEach(ReferenceCountUtil::release);
            held.clear();
            tellClosed();
        }
    }

    private void read(boolean on) {
        if (on == reading) {
            return;
        }
        reading = on;
        channel.config().setAutoRead(on);
        if (on && !taking) {
            loop.execute(this::takeHeld);
        }
    }

    private void takeHeld() {
        if (taking) {
            return;
        }
        taking = true;
        try {
            while (reading && !held.isEmpty()) {
                takeFirst();
            }
        } finally {
            taking = false;
        }
    }

    private void takeFirst() {
        Object message = held.element();
        boolean whole = true;
        try {
            whole = take(message);
        } catch (Throwable failure) {
            fail(failure);
        }
        if (whole) {
            held.remove();
            ReferenceCountUtil.release(message);
        }
    }
}

package io.hawser.net.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy that does to each connection what bad networks do, by a {@link FaultPlan} drawn from a seed: the same seed
 * brings the same faults at the same bytes. The number of a connection is part of its seed. Callable from any thread.
 */
public final class FaultProxy implements AutoCloseable {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress target;
    private final FaultPlan plan;
    private final Random seeds;
    private final Channel port;

    /** A proxy to {@code target} on a free port of loopback. */
    public FaultProxy(InetSocketAddress target, FaultPlan plan, long seed) {
        this.target = target;
        this.plan = plan;
        this.seeds = new Random(seed);
        this.port = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel caller) {
                        join(caller);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** Where to connect instead of the target. */
    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    /** Resets every connection that is open now. */
    public void resetAll() {
        open.forEach(Pipe::reset);
    }

    @Override
    public void close() {
        port.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void join(Channel caller) {
        Random random = new Random(seeds.nextLong());
        FaultPlan.Faults up = plan.draw(random);
        FaultPlan.Faults down = plan.draw(random);
        open.add(caller);
        caller.closeFuture().addListener(closed -> open.remove(caller));
        new Bootstrap()
                .group(caller.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        caller.pipeline().addLast(new Pipe(ctx.channel(), up));
                        ctx.pipeline().replace(this, "pipe", new Pipe(caller, down));
                        caller.read();
                        ctx.channel().read();
                    }
                })
                .connect(target)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        Pipe.reset(caller);
                    }
                });
    }

    /** One direction of one connection: reads a piece, does its worst, writes it, and only then reads on. */
    private static final class Pipe extends ChannelInboundHandlerAdapter {
        private static final long MILLIS = 1000;

        private final Channel to;
        private final FaultPlan.Faults faults;
        private long passed;
        private long end;
        private boolean silent;

        Pipe(Channel to, FaultPlan.Faults faults) {
            this.to = to;
            this.faults = faults;
            this.end = faults.endAfter();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (silent) {
                ReferenceCountUtil.release(bytes);
                ctx.read();
            } else {
                pass(ctx, bytes);
            }
        }

        /** Passes one slice, then the rest. */
        private void pass(ChannelHandlerContext ctx, ByteBuf bytes) {
            if (!bytes.isReadable()) {
                bytes.release();
                ctx.read();
                return;
            }
            int length = (int) Math.min(Math.min(faults.slice(), bytes.readableBytes()), end - passed);
            if (length == 0) {
                ctx.executor().schedule(() -> end(ctx, bytes), faults.delayMillis(), TimeUnit.MILLISECONDS);
                return;
            }
            ByteBuf slice = bytes.readRetainedSlice(length);
            passed += length;
            long wait = faults.delayMillis() + MILLIS * length / faults.bytesPerSecond();
            ctx.executor()
                    .schedule(
                            () -> to.writeAndFlush(slice).addListener(written -> pass(ctx, bytes)),
                            wait,
                            TimeUnit.MILLISECONDS);
        }

        /** {@code rest} has come and is not to arrive, not now at least. */
        private void end(ChannelHandlerContext ctx, ByteBuf rest) {
            switch (faults.end()) {
                case RESET -> {
                    rest.release();
                    reset(to);
                    reset(ctx.channel());
                }
                case HALF_CLOSE -> {
                    ((NioSocketChannel) to).shutdownOutput();
                    swallow(ctx, rest);
                }
                case BLACK_HOLE -> swallow(ctx, rest);
                case FREEZE -> {
                    end = Long.MAX_VALUE;
                    ctx.executor()
                            .schedule(() -> pass(ctx, rest), FaultPlan.Faults.FROZEN_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        }

        private void swallow(ChannelHandlerContext ctx, ByteBuf rest) {
            rest.release();
            silent = true;
            ctx.read();
        }

        /** One side sends no more (FIN): so does the other. */
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent && !silent) {
                ((NioSocketChannel) to).shutdownOutput();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!silent) {
                to.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            reset(to);
            reset(ctx.channel());
        }

        static void reset(Channel channel) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }
}

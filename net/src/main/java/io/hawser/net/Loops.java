package io.hawser.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed set of event loops, each with a daemon thread of its own. Callable from any thread. */
public final class Loops implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    private final EventLoopGroup group;
    private final List<NioLoop> loops;
    private final AtomicInteger next = new AtomicInteger();

    private Loops(EventLoopGroup group) {
        this.group = group;
        List<NioLoop> made = new ArrayList<>();
        for (EventExecutor events : group) {
            made.add(new NioLoop((EventLoop) events));
        }
        this.loops = List.copyOf(made);
    }

    /** Starts {@code threads} loops; their threads are called {@code name-1}, {@code name-2}, ... */
    public static Loops start(int threads, String name) {
        if (threads < 1) {
            throw new IllegalArgumentException("loops need at least one thread, not " + threads);
        }
        AtomicInteger started = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new FastThreadLocalThread(task, name + "-" + started.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        return new Loops(new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory()));
    }

    /** One of them, in turn. */
    public Loop next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    /** All of them. */
    public List<Loop> all() {
        return List.copyOf(loops);
    }

    /** Cuts what is still connected and ends the threads; waits for that, but not long. Not for a loop. */
    @Override
    public void close() {
        if (loops.stream().anyMatch(NioLoop::inLoop)) {
            throw new IllegalStateException("a loop cannot wait for its own end; close from another thread");
        }
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    EventLoopGroup group() {
        return group;
    }

    /** The loop that runs {@code events}. */
    NioLoop of(EventLoop events) {
        for (NioLoop loop : loops) {
            if (loop.events() == events) {
                return loop;
            }
        }
        throw new IllegalArgumentException("not one of these loops");
    }
}

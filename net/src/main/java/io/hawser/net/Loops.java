package io.hawser.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed set of event loops, each with a daemon thread of its own. Callable from any thread. */
public final class Loops implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    private final EventLoopGroup group;
    private final Lookup lookup;
    private final List<NioLoop> loops;
    private final AtomicInteger next = new AtomicInteger();

    private Loops(EventLoopGroup group, Lookup lookup) {
        this.group = group;
        this.lookup = lookup;
        List<NioLoop> made = new ArrayList<>();
        for (EventExecutor events : group) {
            made.add(new NioLoop((EventLoop) events, lookup));
        }
        this.loops = List.copyOf(made);
    }

    /**
     * Starts {@code threads} loops; their threads are called {@code name-1}, {@code name-2}, ..., those that look up host
     * names {@code name-lookup-1}, ...
     */
    public static Loops start(int threads, String name) {
        return start(threads, name, InetAddress::getByName);
    }

    /** The same, with host names that only {@code names} knows. */
    static Loops start(int threads, String name, Lookup.Names names) {
        if (threads < 1) {
            throw new IllegalArgumentException("loops need at least one thread, not " + threads);
        }
        Lookup lookup = new Lookup(daemons(name + "-lookup-"), names);
        return new Loops(
                new MultiThreadIoEventLoopGroup(threads, daemons(name + "-"), NioIoHandler.newFactory()), lookup);
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger started = new AtomicInteger();
        return task -> {
            Thread thread = new FastThreadLocalThread(task, prefix + started.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
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
        lookup.close();
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

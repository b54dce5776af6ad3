package io.hawser.clever;

import io.hawser.net.Loop;
import io.hawser.net.Loops;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What all peers of this JVM share: one event loop, threads for the disk, and threads for callbacks as many as peers are called. */
final class Threads {
    private static final int DISK = 4;
    private static final long IDLE_SECONDS = 5;

    private static final Loops LOOPS = Loops.start(1, "hawser-clever");
    private static final Executor DISKS = disk();
    private static final ExecutorService CALLBACKS = Executors.newCachedThreadPool(daemons("hawser-clever-callbacks-"));

    private Threads() {}

    static Loop loop() {
        return LOOPS.next();
    }

    static Executor disks() {
        return DISKS;
    }

    static Executor callbacks() {
        return CALLBACKS;
    }

    private static Executor disk() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                DISK,
                DISK,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                daemons("hawser-clever-disk-"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger started = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + started.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

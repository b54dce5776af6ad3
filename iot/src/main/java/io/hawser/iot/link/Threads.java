package io.hawser.iot.link;

import io.hawser.net.Loop;
import io.hawser.net.Loops;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What all devices and operators of this JVM share: one event loop, and threads for what takes time. */
public final class Threads {
    private static final Loops LOOPS = Loops.start(1, "hawser-iot");
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool(daemons("hawser-iot-worker-"));
    private static final long IDLE_SECONDS = 5;

    private Threads() {}

    /** Where futures of this library complete. */
    public static Loop loop() {
        return LOOPS.next();
    }

    /** For signatures, keys and files, and for calls that wait. */
    public static ExecutorService workers() {
        return WORKERS;
    }

    /** At most {@code most} threads for one device or operator, which end when they have nothing to do. */
    public static ExecutorService pool(int most, String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
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

package io.hawser.iot.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what a dispatcher tells to the program's executor, in order and one at a time. Any thread tells. What waits is bounded by
 * the queue of messages: each holds its place there until it is told.
 */
final class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    /** Calls in a row before others on the executor get their turn. */
    private static final int BATCH = 256;

    private final Executor executor;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Thread running;

    Callbacks(Executor executor) {
        this.executor = executor;
    }

    void tell(Runnable call) {
        queue.add(call);
        if (waiting.getAndIncrement() == 0) {
            drainLater();
        }
    }

    /** True if the caller is one of the calls, and so must not wait for another one. */
    boolean inside() {
        return Thread.currentThread().equals(running);
    }

    /** A program's executor that takes nothing more must not leave futures open for ever. */
    private void drainLater() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException ended) {
            LOG.debug("the executor takes nothing more; the common pool carries on", ended);
            ForkJoinPool.commonPool().execute(this::drain);
        }
    }

    private void drain() {
        int done = 0;
        running = Thread.currentThread();
        for (Runnable call = queue.poll(); call != null; call = done < BATCH ? queue.poll() : null) {
            try {
                call.run();
            } catch (RuntimeException | Error failure) {
                LOG.error("a callback of a device failed; its dispatcher goes on", failure);
            }
            done++;
        }
        running = null;
        if (waiting.addAndGet(-done) > 0) {
            drainLater();
        }
    }
}

package io.hawser.eftl;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what one connection tells to the program's executor, in order and one at a time. Any thread tells.
 *
 * <p>The queue is bounded by what reaches it: events and errors by the engine, which stops reading, the answers to
 * operations by the window of {@link Operations}, which they leave only when they were told.
 */
final class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    /** Calls in a row before others on the executor get their turn. */
    private static final int BATCH = 256;

    private static final long IDLE_SECONDS = 5;

    private final Executor executor;
    private final Consumer<Throwable> complaint;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Thread running;

    /** What a call throws goes to {@code complaint}, on the same thread. */
    Callbacks(Executor executor, Consumer<Throwable> complaint) {
        this.executor = executor;
        this.complaint = complaint;
    }

    /** One daemon thread that ends when it has nothing to do. */
    static Executor ownThread() {
        ThreadPoolExecutor own =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "hawser-eftl-listener");
                    thread.setDaemon(true);
                    return thread;
                });
        own.allowCoreThreadTimeOut(true);
        return own;
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
            run(call);
            done++;
        }
        running = null;
        if (waiting.addAndGet(-done) > 0) {
            drainLater();
        }
    }

    private void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("an eftl listener failed; its connection goes on", failure);
            complain(failure);
        }
    }

    private void complain(Throwable failure) {
        try {
            complaint.accept(failure);
        } catch (RuntimeException | Error again) {
            LOG.error("the listener that was told of it failed too", again);
        }
    }
}

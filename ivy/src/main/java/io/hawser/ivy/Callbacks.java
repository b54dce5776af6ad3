package io.hawser.ivy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what the loop tells to the user's executor, in order and one at a time.
 *
 * <p>The queue is bounded by what reaches it: when {@link #HIGH} calls wait, {@code pause} is asked to stop reading, and
 * {@code resume} when fewer than {@link #LOW} are left, so that a slow callback is felt by the senders and nothing is lost.
 */
final class Callbacks {
    static final int HIGH = 8_192;
    static final int LOW = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    /** Calls in a row before others on the executor get their turn. */
    private static final int BATCH = 256;

    private final Executor executor;
    private final Runnable pause;
    private final Runnable resume;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean paused = new AtomicBoolean();

    /** {@code pause} is called on the loop, {@code resume} on any thread. */
    Callbacks(Executor executor, Runnable pause, Runnable resume) {
        this.executor = executor;
        this.pause = pause;
        this.resume = resume;
    }

    /** Tells one thing. Called on the loop, and a last time when the loop has ended. */
    void tell(Runnable call) {
        queue.add(call);
        int before = waiting.getAndIncrement();
        if (before >= HIGH && paused.compareAndSet(false, true)) {
            pause.run();
            // All that waited may have been called before the pause was known.
            resumeIfFew(waiting.get());
        }
        if (before == 0) {
            drainLater();
        }
    }

    /** True while so much waits that reading has stopped. Callable from any thread. */
    boolean full() {
        return paused.get();
    }

    private void resumeIfFew(int left) {
        if (left < LOW && paused.compareAndSet(true, false)) {
            resume.run();
        }
    }

    private void drainLater() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.warn("ivy callbacks are lost: the executor takes nothing more", e);
            queue.clear();
            waiting.set(0);
        }
    }

    private void drain() {
        int done = 0;
        for (Runnable call = queue.poll(); call != null; call = done < BATCH ? queue.poll() : null) {
            run(call);
            done++;
        }
        int left = waiting.addAndGet(-done);
        resumeIfFew(left);
        if (left > 0) {
            drainLater();
        }
    }

    private static void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("an ivy callback failed", failure);
        }
    }
}

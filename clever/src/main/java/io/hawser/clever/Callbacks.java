package io.hawser.clever;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what one peer's loop tells to the program's executor, in order and one at a time. When {@link #HIGH} calls wait,
 * the peer is not read any more, until fewer than {@link #LOW} are left: a slow handler is felt by the peer, and nothing is lost.
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

    /** Tells one thing. Called on the loop. */
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

    private void resumeIfFew(int left) {
        if (left < LOW && paused.compareAndSet(true, false)) {
            resume.run();
        }
    }

    /** An executor that takes nothing more must not leave futures open for ever. */
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
            LOG.error("a clever callback failed; its peer goes on", failure);
        }
    }
}

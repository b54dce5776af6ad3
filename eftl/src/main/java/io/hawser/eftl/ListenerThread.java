package io.hawser.eftl;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one connection's listeners run, one after the other, never on an event loop. Any thread posts. What waits is
 * counted, so that the connection can stop reading before too much does.
 */
final class ListenerThread {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerThread.class);

    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread created = new Thread(task, "hawser-eftl-listener");
        created.setDaemon(true);
        return created;
    });

    /** Runs {@code task} after those before it; what it throws is logged. After the end it runs on the common pool. */
    void post(Runnable task) {
        waiting.incrementAndGet();
        try {
            thread.execute(() -> run(task));
        } catch (RejectedExecutionException ended) {
            ForkJoinPool.commonPool().execute(() -> run(task));
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            LOG.error("a listener failed; the connection goes on", failure);
        } finally {
            waiting.decrementAndGet();
        }
    }

    int waiting() {
        return waiting.get();
    }

    /** Runs what waits, then ends. */
    void end() {
        thread.shutdown();
    }
}

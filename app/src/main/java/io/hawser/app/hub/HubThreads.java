package io.hawser.app.hub;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The threads of a hub beside its event loops. Each ends with the hub, in its turn. */
final class HubThreads {
    private static final long END_SECONDS = 5;

    private final Consumer<Runnable> endings;

    /** Threads whose ends {@code endings} is given as they are made. */
    HubThreads(Consumer<Runnable> endings) {
        this.endings = endings;
    }

    /** A thread that runs one task after the other, until the hub closes. What is planned for later does not keep it from ending. */
    ScheduledExecutorService one(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> daemon(task, name));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        endings.accept(() -> end(executor));
        return executor;
    }

    /** So many threads for long work; more than {@code waiting} tasks are refused, and those that wait at the end do not run. */
    ExecutorService some(String name, int threads, int waiting) {
        ExecutorService executor = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> daemon(task, name));
        endings.accept(executor::shutdownNow);
        return executor;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void end(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

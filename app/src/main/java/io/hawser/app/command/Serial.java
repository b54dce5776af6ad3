package io.hawser.app.command;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread on which a connection tells a command what comes, and which also wakes every second. */
public final class Serial implements Executor, AutoCloseable {
    private static final long END_SECONDS = 5;

    private final ScheduledThreadPoolExecutor thread;

    /** The thread {@code name}. */
    public Serial(String name) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    /** Runs {@code task} on it every second, until it is closed. */
    public void everySecond(Runnable task) {
        thread.scheduleAtFixedRate(task, 1, 1, TimeUnit.SECONDS);
    }

    /** What it has begun is visible to the caller from here on. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

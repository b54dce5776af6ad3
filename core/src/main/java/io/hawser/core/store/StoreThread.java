package io.hawser.core.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * What an engine in memory works on, and whoever writes by and by.
 *
 * @param executor owner of all its state: runs one task at a time, in order
 * @param clock the time; it never jumps, whatever is done to the clock on the wall
 * @param timer runs a task on {@code executor} after a delay
 */
public record StoreThread(Executor executor, InstantSource clock, BiConsumer<Duration, Runnable> timer) {
    /** On {@code executor}, which has one thread. */
    public static StoreThread on(ScheduledExecutorService executor, InstantSource clock) {
        return new StoreThread(
                executor, clock, (delay, task) -> executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Milliseconds since the epoch. */
    public long now() {
        return clock.millis();
    }
}

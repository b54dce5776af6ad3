package io.hawser.ivy;

import io.hawser.net.Loop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Calls a task again and again, on the agent's callback executor, until it is cancelled or the agent is closed. Callable from
 * any thread. The delay is counted from the end of one call to the next, so that calls never pile up.
 */
public final class IvyTimer {
    private final IvyAgent agent;
    private final Runnable task;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile Duration delay;
    /** Touched by the executor only, one call after the other; negative is endless. */
    private int left;
    /** Belongs to the loop. */
    private Loop.@Nullable Timer next;

    /** {@code times} calls, or endless if negative; {@link #schedule} starts it. */
    IvyTimer(IvyAgent agent, int times, Duration delay, Runnable task) {
        this.agent = agent;
        this.left = times;
        this.delay = delay;
        this.task = task;
    }

    /** A new delay, from after the next call on. */
    public void delay(Duration other) {
        delay = other;
    }

    /** No further call begins. Without effect if the last one has been. */
    public void cancel() {
        if (cancelled.compareAndSet(false, true)) {
            agent.post(() -> {
                if (next != null) {
                    next.cancel();
                }
            });
        }
    }

    /** On the loop. */
    void schedule() {
        if (!cancelled.get()) {
            next = agent.later(delay, () -> agent.tell(this::call));
        }
    }

    private void call() {
        if (cancelled.get()) {
            return;
        }
        try {
            task.run();
        } finally {
            left = left < 0 ? left : left - 1;
            if (left != 0) {
                agent.post(this::schedule);
            }
        }
    }
}

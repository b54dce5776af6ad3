package io.hawser.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Time that a test turns by hand, and an executor whose tasks run when the test says so. Not thread-safe: everything
 * happens on the test's thread, in an order that is the same each time. Others may look at the time.
 */
public final class ManualClock implements InstantSource, Executor {
    private final Queue<Runnable> posted = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong((Alarm a) -> a.at).thenComparingLong(a -> a.order));
    private volatile long now;
    private long order;

    /** Something that will happen at a time, unless it is cancelled. */
    public static final class Alarm {
        private final long at;
        private final long order;
        private final Runnable task;
        private boolean cancelled;

        private Alarm(long at, long order, Runnable task) {
            this.at = at;
            this.order = order;
            this.task = task;
        }

        /** Takes it back. */
        public void cancel() {
            cancelled = true;
        }
    }

    /** Starts at the epoch. */
    public ManualClock() {}

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public void execute(Runnable task) {
        posted.add(task);
    }

    /** Runs {@code task} when time has come to {@code delay} from now. */
    public Alarm schedule(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(now + delay.toMillis(), order++, task);
        alarms.add(alarm);
        return alarm;
    }

    /** Runs what is posted, and what that posts, until nothing is left. */
    public void run() {
        for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
            task.run();
        }
    }

    /** Turns time forward by {@code step}, running what falls due on the way. */
    public void advance(Duration step) {
        run();
        long end = now + step.toMillis();
        for (Alarm next = alarms.peek(); next != null && next.at <= end; next = alarms.peek()) {
            alarms.poll();
            now = next.at;
            if (!next.cancelled) {
                next.task.run();
            }
            run();
        }
        now = end;
    }
}

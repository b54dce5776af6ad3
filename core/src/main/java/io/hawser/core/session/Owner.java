package io.hawser.core.session;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The owner of a session that outlives its connections: runs the session's tasks one at a time, in the order they came, on
 * the loop of the connection that the session has at that moment.
 *
 * <p>Concurrency: tasks wait in a queue of the owner's own. Whoever puts in the first posts one run of the queue to the
 * loop; a run that finds that the session has moved posts itself to the new loop instead. So a task runs on the loop that
 * owns the session when it runs, whichever that was when it came, and sees all that was done before the move.
 */
public final class Owner implements Executor {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Executor loop;

    /** The owner of a session that begins on {@code loop}. */
    public Owner(Executor loop) {
        this.loop = loop;
    }

    /** Runs {@code task} on the loop that owns the session then. Callable from any thread. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            post();
        }
    }

    /** Hands the session to {@code newLoop}: every task from the next one on runs there. Owner only. */
    public void move(Executor newLoop) {
        loop = newLoop;
    }

    private void post() {
        Executor here = loop;
        here.execute(() -> run(here));
    }

    private void run(Executor here) {
        int done = 0;
        try {
            for (int taken = waiting.get(); done < taken && loop == here; ) {
                Runnable task = tasks.remove();
                done++;
                task.run();
            }
        } finally {
            if (waiting.addAndGet(-done) > 0) {
                post();
            }
        }
    }
}

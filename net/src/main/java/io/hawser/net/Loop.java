package io.hawser.net;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One event loop: a thread that serves many connections and owns the state of each. What is posted here runs on that
 * thread, one after the other, and must never block.
 */
public interface Loop extends Executor {
    /** True if the caller runs on this loop's thread. */
    boolean inLoop();

    /** Runs {@code task} on this loop once, {@code delay} from now. Callable from any thread. */
    Timer schedule(Duration delay, Runnable task);

    /** This loop's clock, in nanoseconds from an unknown start; it never jumps. Callable from any thread. */
    long nanoTime();

    /** Something that will happen later, unless it is cancelled. */
    interface Timer {
        /** Takes it back; without effect if it has run. Callable from any thread. */
        void cancel();
    }
}

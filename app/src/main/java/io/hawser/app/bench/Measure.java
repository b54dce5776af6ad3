package io.hawser.app.bench;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long what was begun took, and how much is on its way still. Callable from any thread. */
final class Measure {
    private static final long LONGEST = Duration.ofHours(1).toNanos();
    private static final int DIGITS = 3;

    private final ConcurrentHistogram times = new ConcurrentHistogram(LONGEST, DIGITS);
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
    private final Semaphore room;
    private final int most;
    private volatile long last = System.nanoTime();

    /** Nothing was begun; {@code most} may be on their way at once. */
    Measure(int most) {
        this.most = most;
        this.room = new Semaphore(most);
    }

    /** What was due at {@code due} is done. */
    void done(long due) {
        long now = System.nanoTime();
        times.recordValue(Math.min(LONGEST, Math.max(0, now - due)));
        done.increment();
        last = now;
        room.release();
    }

    /** What was due at {@code due} has ended: well, if {@code failure} is null. */
    void ended(long due, @Nullable Throwable failure) {
        if (failure == null) {
            done(due);
        } else {
            failed(String.valueOf(failure.getMessage()));
        }
    }

    /** It did not work, and this is why. */
    void failed(String why) {
        trouble.compareAndSet(null, why);
        failed.increment();
        last = System.nanoTime();
        room.release();
    }

    /** True once there is room for {@code endings} more; false if nothing ends for {@code patience}. */
    boolean begins(int endings, Duration patience) {
        long ends = ended();
        while (!acquired(endings, patience)) {
            if (ended() == ends) {
                return false;
            }
            ends = ended();
        }
        return true;
    }

    /** True when all that was begun has ended; false if nothing ends for {@code patience}. */
    boolean ends(Duration patience) {
        return begins(most, patience);
    }

    private boolean acquired(int endings, Duration patience) {
        try {
            return room.tryAcquire(endings, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How many have ended. */
    long ended() {
        return done() + failed();
    }

    /** How many of them well. */
    long done() {
        return done.sum();
    }

    /** How many of them not. */
    long failed() {
        return failed.sum();
    }

    /** Why the first of them failed; empty if none did. */
    String trouble() {
        String why = trouble.get();
        return why == null ? "" : why;
    }

    /** When the last of them ended, as {@link System#nanoTime} has it. */
    long last() {
        return last;
    }

    /** How long they took, in nanoseconds. */
    Histogram times() {
        return times.copy();
    }
}

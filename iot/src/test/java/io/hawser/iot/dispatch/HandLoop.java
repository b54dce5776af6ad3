package io.hawser.iot.dispatch;

import io.hawser.core.time.ManualClock;
import io.hawser.net.Loop;
import java.time.Duration;

/** An event loop that a test turns by hand. */
record HandLoop(ManualClock clock) implements Loop {
    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public long nanoTime() {
        return clock.millis() * 1_000_000;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        ManualClock.Alarm alarm = clock.schedule(delay, task);
        return alarm::cancel;
    }

    @Override
    public void execute(Runnable task) {
        clock.execute(task);
    }
}

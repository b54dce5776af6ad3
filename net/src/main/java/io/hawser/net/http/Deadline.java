package io.hawser.net.http;

import io.hawser.net.Loop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One timer that is set anew again and again. Belongs to its loop. */
final class Deadline {
    private final Loop loop;
    private Loop.@Nullable Timer timer;

    Deadline(Loop loop) {
        this.loop = loop;
    }

    /** Runs {@code late} in {@code limit} from now, instead of whatever was planned. */
    void in(Duration limit, Runnable late) {
        cancel();
        timer = loop.schedule(limit, () -> {
            timer = null;
            late.run();
        });
    }

    /** The same, but what is planned already stays. */
    void unlessPending(Duration limit, Runnable late) {
        if (timer == null) {
            in(limit, late);
        }
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}

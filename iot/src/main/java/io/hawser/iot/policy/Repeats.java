package io.hawser.iot.policy;

import io.hawser.core.value.Value;
import java.util.Optional;

/** Knows a value that is equal to the one before it, within a window of {@code window} milliseconds. Owned by the engine. */
final class Repeats {
    private final long window;
    private Optional<Value> last = Optional.empty();
    private long end;
    private boolean told;

    Repeats(long window) {
        this.window = window;
    }

    /** True if {@code value} repeats the one before; if not, or if the window is over, another one begins with it. */
    boolean repeats(Value value, long now) {
        if (now < end && last.isPresent() && last.get().equals(value)) {
            return true;
        }
        last = Optional.of(value);
        end = now + window;
        told = false;
        return false;
    }

    /** True once a window, for the first value that repeats. */
    boolean firstRepeat(Value value, long now) {
        boolean first = repeats(value, now) && !told;
        told = told || first;
        return first;
    }
}

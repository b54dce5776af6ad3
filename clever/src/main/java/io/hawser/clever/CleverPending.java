package io.hawser.clever;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.List;

/**
 * Something that was asked and is not answered.
 *
 * @param age how long ago it was asked
 */
public record CleverPending(String name, List<Value> args, Fields kwargs, Duration age) {
    /** With a copy of the arguments. */
    public CleverPending {
        args = List.copyOf(args);
    }
}

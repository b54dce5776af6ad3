package io.hawser.app.admin;

import io.hawser.core.value.Value;
import java.time.Duration;

/** How values stand in rows. */
final class Rows {
    private static final double MILLIS = 1000.0;

    private Rows() {}

    /** A time span in seconds: whole ones as a long. */
    static Value seconds(Duration time) {
        long millis = time.toMillis();
        return millis % 1000 == 0 ? Value.of(millis / 1000) : Value.of(millis / MILLIS);
    }
}

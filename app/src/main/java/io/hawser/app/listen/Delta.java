package io.hawser.app.listen;

import io.hawser.app.text.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How long after the message before each one came onto the bus: {@code +0.250}. */
final class Delta implements Function<Event, String> {
    private @Nullable Instant before;

    @Override
    public String apply(Event event) {
        Instant last = before == null ? event.time() : before;
        before = event.time();
        return String.format(
                Locale.ROOT, "%+.3f", Duration.between(last, event.time()).toMillis() / 1000.0);
    }
}

package io.hawser.app.listen;

import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.Event;
import java.util.List;
import java.util.function.Function;

/** Prints each message. */
final class Lines implements Display {
    private final Terminal terminal;
    private final Function<Event, List<String>> format;

    /** Prints what {@code format} makes of each; it must be fit for a terminal. */
    Lines(Terminal terminal, Function<Event, List<String>> format) {
        this.terminal = terminal;
        this.format = format;
    }

    @Override
    public boolean take(Event event) {
        return format.apply(event).stream().allMatch(terminal::print);
    }
}

package io.hawser.app.listen;

import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.Event;
import io.hawser.app.text.JsonText;
import io.hawser.app.text.RowFormat;
import io.hawser.core.value.Fields;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Prints every second how much came. */
final class Traffic implements Display {
    private final Terminal terminal;
    private final RowFormat format;
    private long messages;
    private long bytes;
    private boolean headed;

    Traffic(Terminal terminal, RowFormat format) {
        this.terminal = terminal;
        this.format = format;
    }

    @Override
    public boolean take(Event event) {
        messages++;
        bytes += JsonText.size(event.fields());
        return true;
    }

    @Override
    public boolean tick() {
        Fields row = Fields.builder()
                .put(
                        "time",
                        terminal.clock()
                                .instant()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString())
                .put("messages", messages)
                .put("bytes", bytes)
                .build();
        messages = 0;
        bytes = 0;
        List<String> lines = format.lines(List.of(row));
        boolean again = headed && format == RowFormat.CSV;
        headed = true;
        return lines.subList(again ? 1 : 0, lines.size()).stream().allMatch(terminal::print);
    }
}

package io.hawser.app.listen;

import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.Event;
import io.hawser.app.text.RowFormat;
import io.hawser.core.value.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Prints at the end how much came on the busiest topics. */
final class TopicReport implements Display {
    private final Terminal terminal;
    private final RowFormat format;
    private final int top;
    private final Topics topics = new Topics(Topics.MOST);

    TopicReport(Terminal terminal, RowFormat format, int top) {
        this.terminal = terminal;
        this.format = format;
        this.top = top;
    }

    @Override
    public boolean take(Event event) {
        topics.count(event);
        return true;
    }

    @Override
    public void end() {
        List<Fields> rows = new ArrayList<>(topics.all().stream()
                .sorted(Comparator.comparingLong(Topics.Count::messages)
                        .reversed()
                        .thenComparing(each -> each.last().topic()))
                .limit(top)
                .map(TopicReport::row)
                .toList());
        if (topics.others() > 0) {
            rows.add(Fields.builder()
                    .put("topic", "(others)")
                    .put("messages", topics.others())
                    .build());
        }
        format.lines(rows).forEach(terminal::print);
    }

    private static Fields row(Topics.Count count) {
        return Fields.builder()
                .put("topic", count.last().topic())
                .put("messages", count.messages())
                .put("bytes", count.bytes())
                .put("last_from", count.last().from())
                .build();
    }
}

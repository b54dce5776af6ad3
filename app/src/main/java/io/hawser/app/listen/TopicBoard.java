package io.hawser.app.listen;

import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.Event;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * One line a topic, its newest message: on a screen drawn again every second, elsewhere the lines that changed printed
 * every second and at the end.
 */
final class TopicBoard implements Display {
    private static final String CLEAR = "\u001b[H\u001b[2J";
    /** More would leave most screens. */
    private static final int SHOWN = 40;

    private final Terminal terminal;
    private final boolean screen;
    private final Function<Event, String> line;
    private final Topics topics = new Topics(Topics.MOST);

    /** Shows what {@code line} makes of each; {@code screen} says whether it can be drawn over. */
    TopicBoard(Terminal terminal, boolean screen, Function<Event, String> line) {
        this.terminal = terminal;
        this.screen = screen;
        this.line = line;
    }

    @Override
    public boolean take(Event event) {
        topics.count(event);
        return true;
    }

    @Override
    public boolean tick() {
        List<Topics.Count> shown = topics.all().stream()
                .filter(each -> each.fresh() || screen)
                .sorted(Comparator.comparing(each -> each.last().topic()))
                .toList();
        if (!screen) {
            return shown.stream().allMatch(each -> terminal.print(text(each)));
        }
        StringBuilder drawn = new StringBuilder(CLEAR);
        shown.stream().limit(SHOWN).forEach(each -> drawn.append(text(each)).append('\n'));
        int hidden = shown.size() - SHOWN;
        return terminal.print(drawn + (hidden > 0 ? "and " + hidden + " more topics" : ""));
    }

    private String text(Topics.Count count) {
        return line.apply(count.last()) + "  (" + count.messages() + ")";
    }

    @Override
    public void end() {
        boolean unused = tick();
    }
}

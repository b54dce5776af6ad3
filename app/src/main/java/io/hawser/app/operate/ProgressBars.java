package io.hawser.app.operate;

import io.hawser.app.terminal.Screen;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jline.terminal.TerminalBuilder.SystemOutput;

/**
 * What is on its way, a bar each, drawn again and again below what is printed. Belongs to one command.
 *
 * <pre>
 *   copter-1  [#########-----------]  45 %  animation.csv
 * </pre>
 */
public final class ProgressBars {
    private static final int BAR = 20;
    /** More would leave the screen, and could not be drawn over. */
    private static final int MOST = 16;

    private static final int PERCENT = 100;

    private final PrintWriter out;
    private final int width;
    private final Map<String, String> bars = new LinkedHashMap<>();
    private int drawn;

    /** Draws on {@code out}, where {@code width} characters fit on a line. */
    ProgressBars(PrintWriter out, int width) {
        this.out = out;
        this.width = width;
    }

    /** Where people look at a terminal; else empty. */
    public static Optional<ProgressBars> on(Terminal terminal) {
        OptionalInt columns = Screen.width(terminal, SystemOutput.SysErr);
        return columns.isPresent() && !terminal.quiet()
                ? Optional.of(new ProgressBars(terminal.err(), columns.getAsInt()))
                : Optional.empty();
    }

    /** {@code name} has {@code done} of {@code total}. */
    public void show(String name, long done, long total, String what) {
        double part = total == 0 ? 1 : (double) done / total;
        int full = (int) (part * BAR);
        String line = String.format(
                Locale.ROOT,
                "%s  [%s%s] %3d %%  %s",
                SafeText.of(name),
                "#".repeat(full),
                "-".repeat(BAR - full),
                (int) (part * PERCENT),
                SafeText.of(what));
        erase();
        bars.put(name + "\n" + what, line.substring(0, Math.min(line.length(), width - 1)));
        draw();
    }

    /** {@code name} is done with; {@code print} prints what became of it above the bars. */
    public void end(String name, String what, Runnable print) {
        erase();
        bars.remove(name + "\n" + what);
        print.run();
        draw();
    }

    /** No bar is left on the screen. */
    public void clear() {
        erase();
        bars.clear();
    }

    private void erase() {
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A\u001b[J");
            out.flush();
            drawn = 0;
        }
    }

    private void draw() {
        List<String> lines = new ArrayList<>(bars.values());
        if (lines.size() > MOST) {
            lines = new ArrayList<>(lines.subList(0, MOST));
            lines.add("and " + (bars.size() - MOST) + " more");
        }
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }
}

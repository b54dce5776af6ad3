package io.hawser.app.terminal;

import java.io.IOException;
import java.util.OptionalInt;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;

/** Whether somebody looks at what a command writes, and on how wide a screen. */
public final class Screen {
    private static final int USUAL_WIDTH = 80;

    private Screen() {}

    /** How many characters fit on a line of what {@code output} goes to; empty if that is no screen. */
    public static OptionalInt width(Terminal terminal, SystemOutput output) {
        if (!terminal.isOfProcess()) {
            return OptionalInt.empty();
        }
        try (org.jline.terminal.Terminal screen = TerminalBuilder.builder()
                .name("hawser")
                .system(true)
                .systemOutput(output)
                .dumb(false)
                .build()) {
            return OptionalInt.of(screen.getWidth() > 0 ? screen.getWidth() : USUAL_WIDTH);
        } catch (IOException | IllegalStateException notATerminal) {
            return OptionalInt.empty();
        }
    }
}

package io.hawser.app.operate.bus;

import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Screen;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser top}: prints the clients for whom most waits, or who lost or say or hear most. */
@Command(
        name = "top",
        description = "Print the slowest or busiest clients, on a screen every two seconds until Ctrl-C, else once.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser top", "  hawser top --sort dropped -o json"})
public final class TopCommand implements Callable<Integer> {
    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Terminal terminal;

    @Option(
            names = "--sort",
            paramLabel = "WHAT",
            description = "pending (messages that wait), dropped, in or out. Default: pending.")
    private Sort sort = Sort.PENDING;

    @Option(names = "--top", paramLabel = "N", description = "So many. Default: 20.")
    private int top = 20;

    @Mixin
    private AdminLink link = new AdminLink();

    /** What clients are sorted by. */
    enum Sort {
        PENDING("waiting"),
        DROPPED("dropped"),
        IN("in"),
        OUT("out");

        private final String field;

        Sort(String field) {
            this.field = field;
        }

        private long of(Fields client) {
            return client.find(field) instanceof Value.Int count ? count.value() : 0;
        }
    }

    /** The command on {@code terminal}. */
    public TopCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (top < 1) {
            throw new Failure(Exit.USAGE, "--top must be 1 or more");
        }
        boolean screen =
                link.forPeople() && Screen.width(terminal, SystemOutput.SysOut).isPresent();
        try (AdminCaller hub = link.open(terminal);
                Shutdown shutdown = new Shutdown()) {
            do {
                List<Fields> rows = AdminLink.all(hub, "clients").stream()
                        .sorted(Comparator.comparingLong(sort::of).reversed())
                        .limit(top)
                        .toList();
                if (screen) {
                    terminal.out().print(CLEAR);
                }
                link.print(terminal, rows);
            } while (screen && !shutdown.asked(PERIOD));
        }
        return Exit.OK.code();
    }
}

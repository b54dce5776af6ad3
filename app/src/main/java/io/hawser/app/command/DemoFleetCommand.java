package io.hawser.app.command;

import io.hawser.app.demo.DemoFleet;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.SafeText;
import io.hawser.core.value.Fields;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hawser demo fleet}: copters for those who have none. */
@Command(
        name = "fleet",
        description = "Fly simulated clever-show copters, and print what they are told to do.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser serve --dev", "  hawser demo fleet --count 5", "  hawser fleet start --all"})
final class DemoFleetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--count", paramLabel = "N", description = "How many, 1 to 500. Default: ${DEFAULT-VALUE}.")
    private int count = 5;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "The ground station, Hawser or an original. Default: ${DEFAULT-VALUE}.")
    private String server = "127.0.0.1:25000";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DemoCommand.Time.class,
            description = "End after a while, as 5s or 2m.")
    private @Nullable Duration time;

    DemoFleetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (count < 1 || count > 500) {
            throw new Failure(Exit.USAGE, "--count must be 1 to 500");
        }
        try (Shutdown shutdown = new Shutdown();
                DemoFleet fleet = new DemoFleet(count, server, terminal.clock(), this::obeyed)) {
            terminal.say(fleet.size() + " copters look for " + server + (time == null ? "; Ctrl-C ends it" : ""));
            if (count > 1 && !fleet.apart()) {
                terminal.say(
                        "They share one address, so an original server would keep only one of them: it takes a server at"
                                + " 127.0.0.1 and a system with more loopback addresses, as Linux");
            }
            shutdown.await(time == null ? Shutdown.NEVER : time);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, "--server: " + wrong.getMessage(), wrong);
        }
        return Exit.OK.code();
    }

    private void obeyed(String copter, String action, Fields how) {
        terminal.print(copter + "  " + SafeText.of(action) + (how.isEmpty() ? "" : " " + SafeText.of(how.toString())));
    }
}

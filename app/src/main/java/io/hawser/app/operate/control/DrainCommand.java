package io.hawser.app.operate.control;

import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser drain}: stops a running hub without losing what it took. */
@Command(
        name = "drain",
        description =
                "Stop a running hub: it lets nobody in any more and takes nothing more, is not ready any more, and"
                        + " ends with 0 as soon as what is on its way has arrived or is on disk, or hawser.drain is over.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "SIGTERM and Ctrl-C do the same: systemctl stop hawser, or kill.", "  hawser drain"})
public final class DrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminLink link = new AdminLink();

    /** The command on {@code terminal}. */
    public DrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return link.show(terminal, hub -> hub.change("POST", AdminCaller.path(List.of("drain"), Map.of())));
    }
}

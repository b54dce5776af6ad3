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

/** {@code hawser reload}: makes a running hub take up what has changed in its configuration. */
@Command(
        name = "reload",
        description = "Make a running hub take up users, tokens, rules, certificates, log levels and limits that have"
                + " changed in its configuration. What cannot change while it runs is named; a configuration that"
                + " is wrong changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "SIGHUP does the same: systemctl reload hawser, or kill -HUP.", "  hawser reload"})
public final class ReloadCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminLink link = new AdminLink();

    /** The command on {@code terminal}. */
    public ReloadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return link.show(terminal, hub -> hub.change("POST", AdminCaller.path(List.of("reload"), Map.of())));
    }
}

package io.hawser.app.operate.bus;

import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser ivy ls}: prints the Ivy domains that a hub has joined; who is there is in {@code hawser client ls}. */
@Command(
        name = "ivy",
        description = "Look at the Ivy domains of a hub; 'client ls' prints their agents, 'subs' what those want.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {"", "  hawser ivy ls"})
public final class IvyCommand {
    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public IvyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "ls",
            description = "Print what each domain's agents are asked for, and what was counted there, a domain a line.",
            mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, "ivy");
    }
}

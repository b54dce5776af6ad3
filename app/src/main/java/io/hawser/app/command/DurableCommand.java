package io.hawser.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser durable ls}: prints what is kept for whom. */
@Command(
        name = "durable",
        description = "Look at the durable subscriptions of a hub.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
public final class DurableCommand {
    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public DurableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "ls",
            description = "Print what is kept for whom, one durable a line.",
            mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, "durables");
    }
}

package io.hawser.app.operate.bus;

import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser link ls}: prints a hub's links to other hubs. */
@Command(
        name = "link",
        description = "Look at the links of a hub to other hubs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {"", "  hawser link ls"})
public final class LinkCommand {
    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public LinkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "ls",
            description =
                    "Print how each link stands, what crossed and what did not, and what went wrong last, a link a"
                            + " line.",
            mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, "links");
    }
}

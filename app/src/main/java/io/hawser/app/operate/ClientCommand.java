package io.hawser.app.operate;

import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser client ls}: prints who is connected. */
@Command(
        name = "client",
        description = "Look at the clients of a hub.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
public final class ClientCommand {
    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public ClientCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "ls", description = "Print who is connected, one client a line.", mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, "clients");
    }
}

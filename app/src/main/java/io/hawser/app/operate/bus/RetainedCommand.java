package io.hawser.app.operate.bus;

import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hawser retained}: looks at the last messages that newcomers hear first, and removes them. */
@Command(
        name = "retained",
        description = "Look at the last messages of topics that a hub keeps for newcomers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {"", "  hawser retained ls"})
public final class RetainedCommand {
    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public RetainedCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "ls", description = "Print them, a topic a line.", mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, "retained");
    }

    @Command(
            name = "rm",
            description = "Keep nothing of a topic until something comes again.",
            mixinStandardHelpOptions = true)
    Integer remove(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "TOPIC", description = "The topic, without wildcards.") String topic) {
        return link.show(terminal, hub -> hub.change("DELETE", AdminCaller.path(List.of("retained", topic), Map.of())));
    }
}

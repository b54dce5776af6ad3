package io.hawser.app.operate;

import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser client}: looks at who is connected and at what happened to them, and sends somebody away. */
@Command(
        name = "client",
        description = "Look at the clients of a hub.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {
            "",
            "  hawser client ls",
            "  hawser client events gcs-2          # why does nothing arrive there?",
            "  hawser client events channel/(refused)"
        })
public final class ClientCommand {
    private static final String CLIENTS = "clients";
    private static final String ID = "Its id, or with its channel: channel/id.";

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public ClientCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "ls",
            description = "Print who is connected, one client a line.",
            mixinStandardHelpOptions = true,
            footer = {"", "  hawser client ls -o json"})
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, CLIENTS);
    }

    @Command(
            name = "info",
            description = "Print how a client stands.",
            mixinStandardHelpOptions = true,
            footer = {"", "  hawser client info gcs-2"})
    Integer info(@Mixin AdminLink link, @Parameters(paramLabel = "ID", description = ID) String id) {
        return link.show(terminal, hub -> hub.get(AdminCaller.path(List.of(CLIENTS, id), Map.of())));
    }

    @Command(
            name = "events",
            description =
                    "Print what happened to a client, the oldest first: it came, subscribed, was refused, was too slow,"
                            + " went. The newest 64 of each are known, also of those who have gone.",
            mixinStandardHelpOptions = true,
            footer = {"", "  hawser client events gcs-2"})
    Integer events(@Mixin AdminLink link, @Parameters(paramLabel = "ID", description = ID) String id) {
        return link.showAll(
                terminal, hub -> AdminLink.items(hub.get(AdminCaller.path(List.of(CLIENTS, id, "events"), Map.of()))));
    }

    @Command(
            name = "kick",
            description = "End the session of an eFTL client; it is told why.",
            mixinStandardHelpOptions = true,
            footer = {"", "  hawser client kick gcs-2 --reason 'come back tomorrow'"})
    Integer kick(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "the operator of the hub ended it",
                            description = "What it is told.")
                    String reason) {
        return link.show(
                terminal,
                hub -> hub.change("DELETE", AdminCaller.path(List.of(CLIENTS, id), Map.of("reason", reason))));
    }
}

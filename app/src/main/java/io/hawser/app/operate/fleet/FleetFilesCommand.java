package io.hawser.app.operate.fleet;

import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.operate.FileDownload;
import io.hawser.app.operate.FileProgress;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hawser fleet files}: what copters have sent. */
@Command(
        name = "files",
        description = "Look at the files that copters have sent, take them, remove them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
final class FleetFilesCommand {
    private static final String OWNER = "clever:";
    private static final int PAGE = 1_000;

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    FleetFilesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "ls",
            description = "Print the files of a copter, or how many bytes each owner has in the hub.",
            mixinStandardHelpOptions = true)
    Integer list(
            @Mixin AdminLink link,
            @Parameters(arity = "0..1", paramLabel = "COPTER", description = "Whose.") @Nullable String copter) {
        if (copter == null) {
            return link.list(terminal, "files");
        }
        try (AdminCaller hub = link.open(terminal)) {
            Optional<String> after = Optional.of("");
            while (after.isPresent()) {
                Fields page = hub.get(AdminCaller.path(
                        List.of("files", OWNER + copter), Map.of("limit", PAGE, "after", after.get())));
                link.print(terminal, AdminLink.items(page));
                after = page.string("next");
            }
        }
        return Exit.OK.code();
    }

    @Command(
            name = "get",
            description = "Take a file of a copter; it appears when it is whole.",
            mixinStandardHelpOptions = true)
    Integer get(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "COPTER", description = "Whose.") String copter,
            @Parameters(paramLabel = "NAME", description = "Which, as 'ls' says it.") String name,
            @Parameters(arity = "0..1", paramLabel = "TO", description = "Where to. Default: its last part, here.")
                    @Nullable
                    Path to) {
        Path target = FileDownload.target(name, to);
        try (AdminCaller hub = link.open(terminal)) {
            FileDownload.take(hub, OWNER + copter, name, target, FileProgress.UNSEEN);
        }
        return Exit.OK.code();
    }

    @Command(name = "rm", description = "Remove a file of a copter from the hub.", mixinStandardHelpOptions = true)
    Integer remove(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "COPTER", description = "Whose.") String copter,
            @Parameters(paramLabel = "NAME", description = "Which, as 'ls' says it.") String name) {
        return link.show(terminal, hub -> hub.change("DELETE", FileDownload.path(OWNER + copter, name)));
    }
}

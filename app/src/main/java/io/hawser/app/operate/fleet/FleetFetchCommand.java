package io.hawser.app.operate.fleet;

import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.operate.FileDownload;
import io.hawser.app.operate.FileProgress;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser fleet fetch}: takes a file that copters have on their disk into the hub. */
@Command(
        name = "fetch",
        description =
                "Take a file of copters into the hub, where 'hawser fleet files' has it, and from there if you want.",
        footer = {
            "",
            "  hawser fleet fetch copter-1 logs/flight.log --to flight.log",
            "  hawser fleet fetch 'red-*' logs/flight.log"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class FleetFetchCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "COPTER", description = "Which copter; * stands for any characters.")
    private String copter = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "Where copters have it.")
    private String path = "";

    @Option(names = "--to", paramLabel = "FILE", description = "Take it from the hub too, to this file.")
    private @Nullable Path to;

    @Mixin
    private AdminLink link = new AdminLink();

    /** The command on {@code terminal}. */
    FleetFetchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String name = path.replaceFirst("^/+", "");
        if (to != null && (copter.contains("*") || name.contains("{"))) {
            throw new Failure(Exit.USAGE, "--to takes one file of one copter, named without * and {");
        }
        Path target = to == null ? Path.of("") : FileDownload.target(name, to);
        try (AdminCaller hub = link.open(terminal, PATIENCE);
                FleetTransfers transfers = new FleetTransfers(terminal, link)) {
            Fields asked = Fields.builder()
                    .put("path", path)
                    .put("copters", new Value.Sequence(List.of(Value.of(copter))))
                    .build();
            transfers.follow(hub, "fetch", asked);
            if (transfers.done() + transfers.failed() == 0) {
                throw new Failure(Exit.NOT_FOUND, "no copter is there");
            }
            if (to != null && transfers.failed() == 0) {
                link.print(
                        terminal,
                        List.of(FileDownload.take(hub, "clever:" + copter, name, target, FileProgress.UNSEEN)));
            }
            return (transfers.failed() == 0 ? Exit.OK : Exit.FAILED).code();
        }
    }
}

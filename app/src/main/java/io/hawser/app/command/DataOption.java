package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which data folder. */
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "The data folder. Else HAWSER_DATA.")
    private @Nullable Path data;

    /** The folder that the option or {@code HAWSER_DATA} names. */
    Path path(Terminal terminal) {
        String said = terminal.environment().get("HAWSER_DATA");
        if (data == null && (said == null || said.isBlank())) {
            throw new Failure(Exit.USAGE, "say which data folder: --data DIR");
        }
        return data != null ? data : Path.of(String.valueOf(said));
    }
}

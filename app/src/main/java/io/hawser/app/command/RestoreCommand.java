package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.store.StoreException;
import io.hawser.store.local.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hawser restore}: make a data folder of a backup. */
@Command(
        name = "restore",
        description = "Make a data folder of a backup.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser restore backup.zip --data new-folder"})
public final class RestoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The folder or the zip file that is the backup.")
    private Path folder = Path.of("");

    @Mixin
    private DataOption data = new DataOption();

    /** The command on {@code terminal}. */
    public RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            Backup.restore(folder, data.path(terminal));
            terminal.say("restored to " + data.path(terminal));
            return Exit.OK.code();
        } catch (StoreException refused) {
            throw new Failure(Exit.FAILED, String.valueOf(refused.getMessage()), refused);
        }
    }
}

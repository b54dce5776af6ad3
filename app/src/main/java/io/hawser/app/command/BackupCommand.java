package io.hawser.app.command;

import io.hawser.core.store.StoreException;
import io.hawser.store.local.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hawser backup}: copy a data folder that no hub uses. */
@Command(
        name = "backup",
        description = "Copy a data folder that no hub uses.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class BackupCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "TARGET", description = "A new or empty folder for the copy.")
    private Path folder = Path.of("");

    @Mixin
    private DataOption data = new DataOption();

    /** The command on {@code terminal}. */
    public BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            Backup.of(data.path(terminal), folder);
            terminal.say("backed up to " + folder);
            return Exit.OK.code();
        } catch (StoreException refused) {
            throw new Failure(Exit.FAILED, String.valueOf(refused.getMessage()), refused);
        }
    }
}

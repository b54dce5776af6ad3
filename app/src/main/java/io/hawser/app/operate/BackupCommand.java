package io.hawser.app.operate;

import io.hawser.app.admin.Download;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.store.StoreException;
import io.hawser.store.local.Backup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser backup}: copies what a running hub keeps, or a data folder that no hub uses. */
@Command(
        name = "backup",
        description = "Copy what a running hub keeps, while it goes on; with --data, a data folder that no hub uses.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser backup backup.zip"})
public final class BackupCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            description = "A new or empty folder for the copy, or a new file that ends in .zip.")
    private Path target = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder of a hub that does not run.")
    private @Nullable Path data;

    @Mixin
    private AdminLink link = new AdminLink();

    /** The command on {@code terminal}. */
    public BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            if (data != null) {
                Backup.of(data, target);
            } else {
                fetch();
            }
            terminal.say("backed up to " + target);
            return Exit.OK.code();
        } catch (StoreException refused) {
            throw new Failure(Exit.FAILED, String.valueOf(refused.getMessage()), refused);
        }
    }

    private void fetch() {
        Backup.checkFree(target);
        try (AdminCaller hub = link.open(terminal);
                Download zip = hub.open(AdminCaller.path(List.of("backup"), Map.of()))) {
            Backup.receive(zip, target);
        }
    }
}

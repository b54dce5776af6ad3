package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.store.StoreException;
import io.hawser.store.local.Fsck;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser fsck}: checks a data folder that no hub uses. */
@Command(
        name = "fsck",
        description = "Check a data folder while no hub uses it; what is damaged is printed, a line each.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser fsck --data /var/lib/hawser", "  hawser fsck --data /var/lib/hawser --repair"})
public final class FsckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--repair",
            description = "Set damaged things aside, in the folder 'damaged' there, so that the rest can be used.")
    private boolean repair;

    /** The command on {@code terminal}. */
    public FsckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            List<String> damaged = Fsck.check(data.path(terminal));
            damaged.forEach(terminal::print);
            terminal.say(damaged.isEmpty() ? "sound" : damaged.size() + " damaged");
            if (!damaged.isEmpty() && repair) {
                damaged = repaired();
            }
            return damaged.isEmpty() ? Exit.OK.code() : Exit.FAILED.code();
        } catch (StoreException refused) {
            throw new Failure(Exit.FAILED, String.valueOf(refused.getMessage()), refused);
        }
    }

    private List<String> repaired() {
        Fsck.Repair done = Fsck.repair(data.path(terminal));
        terminal.say("repaired; what was taken out is in " + done.aside()
                + (done.gaps() > 0 ? ", and stretches that cannot be read: " + done.gaps() : "")
                + "; what was consumed may come again");
        done.left().forEach(terminal::print);
        return done.left();
    }
}

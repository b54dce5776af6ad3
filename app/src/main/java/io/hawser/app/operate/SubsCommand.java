package io.hawser.app.operate;

import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser subs}: prints who wants which messages. */
@Command(
        name = "subs",
        description = "Print who wants which messages, one subscription a line.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class SubsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminLink link = new AdminLink();

    /** The command on {@code terminal}. */
    public SubsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return link.list(terminal, "subscriptions");
    }
}

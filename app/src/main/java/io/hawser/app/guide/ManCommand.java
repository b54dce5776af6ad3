package io.hawser.app.guide;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hawser man}: writes the manual pages of all commands. */
@Command(
        name = "man",
        description = "Write a manual page for each command into a folder.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser man /usr/local/share/man/man1", "  hawser man pages"})
public final class ManCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Supplier<CommandLine> whole;

    @Parameters(paramLabel = "DIR", description = "The folder, made if it is missing.")
    private Path folder = Path.of(".");

    /** The command on {@code terminal}; {@code whole} makes the command line with all commands. */
    public ManCommand(Terminal terminal, Supplier<CommandLine> whole) {
        this.terminal = terminal;
        this.whole = whole;
    }

    @Override
    public Integer call() {
        try {
            Files.createDirectories(folder);
            int pages = write(whole.get());
            terminal.say(pages + " pages in " + folder);
        } catch (IOException unwritable) {
            throw new Failure(Exit.FAILED, "cannot write to " + folder + ": " + unwritable.getMessage(), unwritable);
        }
        return Exit.OK.code();
    }

    private int write(CommandLine command) throws IOException {
        Files.write(folder.resolve(ManualPage.file(command)), ManualPage.of(command));
        int pages = 1;
        for (CommandLine each : command.getSubcommands().values()) {
            pages += write(each);
        }
        return pages;
    }
}

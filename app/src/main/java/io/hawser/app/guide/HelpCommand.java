package io.hawser.app.guide;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hawser help}: explains a command, as its {@code --help} does, with its examples. */
@Command(
        name = "help",
        description = "Explain a command, with examples.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser help sub", "  hawser help durable view"})
public final class HelpCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Supplier<CommandLine> whole;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Which; none: all of them, a line each.")
    private List<String> names = List.of();

    /** The command on {@code terminal}; {@code whole} makes the command line with all commands. */
    public HelpCommand(Terminal terminal, Supplier<CommandLine> whole) {
        this.terminal = terminal;
        this.whole = whole;
    }

    @Override
    public Integer call() {
        CommandLine command = whole.get();
        for (String name : names) {
            CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                throw new Failure(
                        Exit.NOT_FOUND,
                        "there is no command " + name + " below "
                                + command.getCommandSpec().qualifiedName() + "; 'hawser help' lists all");
            }
            command = next;
        }
        command.usage(terminal.out());
        return Exit.OK.code();
    }
}

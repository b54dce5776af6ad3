package io.hawser.app;

import io.hawser.app.terminal.Mistakes;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: puts the commands together and runs the one that was asked for. Touches nothing else, to start fast. */
@Command(
        name = "hawser",
        description = "One message bus for programs that were never made to talk to each other.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 ok, 1 failed, 2 usage, 3 no connection, 4 denied, 5 timeout, 6 not found.",
            "hawser COMMAND --help explains a command."
        })
public final class Hawser {
    private Hawser() {}

    /** Runs the command that {@code arguments} name and ends the process with its exit code. */
    public static void main(String[] arguments) {
        if (arguments.length == 1 && List.of("--version", "-V").contains(arguments[0])) {
            Terminal.ofProcess().print(Version.text());
            return;
        }
        CommandLine hawser = commandLine(Terminal.ofProcess(), arguments);
        if (List.of(arguments).contains("--no-color")) {
            hawser.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        }
        System.exit(hawser.execute(arguments));
    }

    /** The command line as far as {@code arguments} need it, speaking to {@code terminal}; without any, the whole. */
    static CommandLine commandLine(Terminal terminal, String... arguments) {
        CommandLine hawser = new CommandLine(new Hawser());
        new Commands(Everywhere.isQuiet(arguments) ? terminal.quietly() : terminal)
                .of(arguments)
                .forEach(hawser::addSubcommand);
        Everywhere.addTo(hawser);
        return new Mistakes(terminal).handledBy(hawser);
    }
}

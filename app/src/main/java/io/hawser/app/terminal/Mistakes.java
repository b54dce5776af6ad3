package io.hawser.app.terminal;

import io.hawser.app.config.ConfigException;
import io.hawser.app.text.SafeText;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place that turns what went wrong in a command into a line or two for the user and an exit code. */
public final class Mistakes {
    private final Terminal terminal;

    /** Mistakes are told on {@code terminal}. */
    public Mistakes(Terminal terminal) {
        this.terminal = terminal;
    }

    /** {@code hawser}, whose mistakes, help and version are told on the terminal. */
    public CommandLine handledBy(CommandLine hawser) {
        return hawser.setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((mistake, arguments) -> usage(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(command, failure));
    }

    private int usage(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        tell(name, String.valueOf(mistake.getMessage()));
        if (mistake.getArgSpec() instanceof OptionSpec option
                && List.of(option.names()).contains("-o")
                && command.getCommandSpec().findOption("-f") != null) {
            terminal.say("-o says how things are shown; where a file goes says -f FILE");
        }
        List<String> similar =
                mistake instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        terminal.say(
                similar.isEmpty()
                        ? "'" + name + " --help' explains it"
                        : "did you mean " + String.join(" or ", similar) + "?");
        return Exit.USAGE.code();
    }

    private int failed(CommandLine command, Exception failure) {
        String name = command.getCommandSpec().qualifiedName();
        if (failure instanceof Failure expected) {
            tell(name, String.valueOf(expected.getMessage()));
            return expected.exit().code();
        }
        if (failure instanceof ConfigException config) {
            String.valueOf(config.getMessage()).lines().forEach(line -> tell(name, line));
            return Exit.USAGE.code();
        }
        LoggerFactory.getLogger(Mistakes.class).error("{} failed unexpectedly", name, failure);
        return Exit.FAILED.code();
    }

    private void tell(String name, String text) {
        terminal.say(name + ": " + SafeText.of(text));
    }
}

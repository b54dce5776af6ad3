package io.hawser.app.guide;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hawser completion}: prints what makes a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script that makes a shell complete commands and options.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "  source <(hawser completion bash)                    # now, or as a line of ~/.bashrc",
            "  source <(hawser completion zsh)",
            "  hawser completion bash > /etc/bash_completion.d/hawser"
        })
public final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Supplier<CommandLine> whole;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shells shell = Shells.BASH;

    /** Which shell. */
    enum Shells {
        BASH,
        ZSH
    }

    /** The command on {@code terminal}; {@code whole} makes the command line with all commands. */
    public CompletionCommand(Terminal terminal, Supplier<CommandLine> whole) {
        this.terminal = terminal;
        this.whole = whole;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("hawser", whole.get());
        terminal.print(shell == Shells.BASH ? script : "autoload -U +X compinit && compinit\n" + script);
        return Exit.OK.code();
    }
}

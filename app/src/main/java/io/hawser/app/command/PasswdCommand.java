package io.hawser.app.command;

import io.hawser.app.access.PasswordHash;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser passwd}: makes the line of the configuration that lets a user in. */
@Command(
        name = "passwd",
        description = "Ask for a password and print the line for hawser.conf that lets USER in.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "The password is asked for on a terminal, or read from the first line of a pipe:",
            "  hawser passwd alice --group pilots",
            "  echo secret | hawser passwd alice",
        })
public final class PasswdCommand implements Callable<Integer> {
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    private final Terminal terminal;

    @Parameters(paramLabel = "USER", description = "The user name: letters, digits, '.', '_' and '-'.")
    private String user = "";

    @Option(names = "--group", paramLabel = "GROUP", description = "A group that the user is in; may be said again.")
    private List<String> groups = new ArrayList<>();

    /** The command on {@code terminal}. */
    public PasswdCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        for (String name : concat(user, groups)) {
            if (!name.matches(NAME)) {
                throw new Failure(Exit.USAGE, "'" + name + "' must be 1 to 64 letters, digits, '.', '_' or '-'");
            }
        }
        String password = terminal.newSecret("password");
        String in = groups.stream().map(group -> '"' + group + '"').collect(Collectors.joining(", "));
        terminal.print(
                "\"" + user + "\" { password = \"" + PasswordHash.of(password).text() + "\", groups = [" + in + "] }");
        terminal.say("put this line into hawser.users { ... } of your hawser.conf");
        return Exit.OK.code();
    }

    private static List<String> concat(String first, List<String> rest) {
        List<String> all = new ArrayList<>(rest);
        all.add(0, first);
        return all;
    }
}

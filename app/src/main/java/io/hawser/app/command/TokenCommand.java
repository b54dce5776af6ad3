package io.hawser.app.command;

import io.hawser.app.access.Token;
import io.hawser.app.access.TokenList;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser token}: makes a token and the line of the configuration that lets in whoever shows it. */
@Command(
        name = "token",
        description = "Make a token and print the line for hawser.conf that lets in whoever shows it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "A device shows it as the password of the user $token; the token itself is told once, on stderr:",
            "  hawser token drone-7 --group drones --expires 2027-01-31T00:00:00Z",
            "  ws://$token:TOKEN@HOST:9191/channel",
        })
public final class TokenCommand implements Callable<Integer> {
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "Who shows it: letters, digits, '.', '_' and '-'.")
    private String name = "";

    @Option(names = "--group", paramLabel = "GROUP", description = "A group that it is in; may be said again.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--expires", paramLabel = "TIME", description = "From then on it lets nobody in.")
    private String expires = "";

    /** The command on {@code terminal}. */
    public TokenCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Stream.concat(Stream.of(name), groups.stream())
                .filter(each -> !each.matches(NAME))
                .findFirst()
                .ifPresent(wrong -> {
                    throw new Failure(Exit.USAGE, "'" + wrong + "' must be 1 to 64 letters, digits, '.', '_' or '-'");
                });
        String end = expires.isEmpty() ? "" : ", expires = \"" + instant(expires) + "\"";
        String token = Token.random(new SecureRandom());
        String in = groups.stream().map(group -> '"' + group + '"').collect(Collectors.joining(", "));
        terminal.print(
                "\"" + name + "\" { sha256 = \"" + Token.digest(token) + "\", groups = [" + in + "]" + end + " }");
        terminal.say("put this line into hawser.tokens { ... } of your hawser.conf");
        terminal.insist("the token, told only now, the password of the user " + TokenList.USER + ": " + token);
        return Exit.OK.code();
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new Failure(Exit.USAGE, "'" + text + "' must be a time such as 2027-01-31T00:00:00Z");
        }
    }
}

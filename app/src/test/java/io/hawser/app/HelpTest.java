package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hawser.app.guide.ExamplesCommand;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command line says of itself: help, examples, completion. */
class HelpTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private final CommandStage stage = new CommandStage(Map.of());

    private static CommandLine whole() {
        return Hawser.commandLine(new Terminal(
                InputStream.nullInputStream(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                Map.of(),
                () -> Instant.EPOCH,
                ZoneOffset.UTC));
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
    }

    @Test
    void eachCommandIsMadeByItsName() {
        for (String name : Commands.names()) {
            CommandLine alone = Hawser.commandLine(stage.terminal(), name);
            assertThat(alone.getSubcommands()).containsOnlyKeys(name);
        }
        assertThat(whole().getSubcommands().keySet()).containsExactlyElementsOf(Commands.names());
    }

    @Test
    void eachCommandHasExamplesAndTheyParse() {
        whole().getSubcommands()
                .forEach((name, command) -> assertThat(all(command).flatMap(each -> ExamplesCommand.of(each).stream()))
                        .as(name)
                        .isNotEmpty());
        for (String example :
                all(whole()).flatMap(each -> ExamplesCommand.of(each).stream()).toList()) {
            String[] words = words(example);
            CommandLine command = Hawser.commandLine(stage.terminal(), words);
            assertThatCode(() -> command.parseArgs(words)).as(example).doesNotThrowAnyException();
        }
    }

    /** The words after "hawser", as a shell would split them. */
    private static String[] words(String example) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(example.replaceFirst("\\s+[#>] .*", ""));
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        return words.subList(1, words.size()).toArray(String[]::new);
    }

    @Test
    void examplesAreFoundByCommandAndByWord() {
        assertThat(stage.lines("examples", "kv")).contains("hawser kv ls").allMatch(line -> line.contains(" kv "));
        assertThat(stage.lines("examples", "report")).containsExactly("hawser sub '>' --report --wait 10s");
        assertThat(stage.lines("examples")).contains("hawser sub '>' -F '%t %p'", "hawser serve --dev");
        assertThat(stage.fails(6, "examples", "zeppelin")).contains("no example holds 'zeppelin'");
    }

    @Test
    void eachCommandCanBeQuietAndWithoutColor() {
        all(whole()).forEach(command -> {
            assertThat(command.getCommandSpec().findOption("-q"))
                    .as(command.getCommandSpec().qualifiedName())
                    .isNotNull();
            assertThat(command.getCommandSpec().findOption("--no-color")).isNotNull();
        });
        for (String name : Commands.names()) {
            stage.err.getBuffer().setLength(0);
            assertThat(String.join("\n", stage.lines(name, "-q", "--no-color", "--help")))
                    .startsWith("Usage: hawser " + name)
                    .doesNotContain("\u001b");
            assertThat(stage.err.toString()).as(name).isEmpty();
        }
        assertThat(stage.fails(6, "examples", "-q", "zeppelin")).contains("no example holds 'zeppelin'");
    }

    @Test
    void eachCommandHasAManualPageThatIsTheSameEachTime(@TempDir Path folder) throws IOException {
        assertThat(stage.run("man", "-q", folder.resolve("one").toString())).isZero();
        assertThat(stage.err.toString()).isEmpty();
        assertThat(stage.run("man", folder.resolve("two").toString())).isZero();
        assertThat(stage.err.toString()).contains(" pages in ");
        for (CommandLine command : all(whole()).toList()) {
            String file = command.getCommandSpec().qualifiedName("-") + ".1";
            List<String> page = Files.readAllLines(folder.resolve("one").resolve(file));
            assertThat(page)
                    .as(file)
                    .isEqualTo(Files.readAllLines(folder.resolve("two").resolve(file)));
            assertThat(page).first().asString().startsWith(".TH \"HAWSER").endsWith("\"" + Version.text() + "\"");
            assertThat(page).contains(".SH NAME", ".SH SYNOPSIS", ".SH OPTIONS", ".SH EXIT STATUS");
            assertThat(page).allMatch(line -> !line.startsWith(".") || line.matches("\\.(TH|SH|TP|nf|fi)( .*)?"), file);
        }
        assertThat(Files.readAllLines(folder.resolve("one/hawser-sub.1")))
                .contains("hawser sub '>' \\-\\-report \\-\\-wait 10s");
    }

    @Test
    void helpExplainsACommandWithItsExamples() {
        assertThat(stage.lines("help", "durable", "view"))
                .anyMatch(line -> line.startsWith("Usage: hawser durable view"));
        assertThat(stage.lines("help", "sub")).contains("  hawser sub '>' --report --wait 10s");
        assertThat(stage.lines("help")).anyMatch(line -> line.strip().startsWith("bench "));
        assertThat(stage.fails(6, "help", "durable", "zeppelin")).contains("no command zeppelin below hawser durable");
    }

    @Test
    void theHelpTellsOptionsOfTheHubApart() {
        assertThat(String.join("\n", stage.lines("sub", "--help")))
                .contains("Which hub, and as whom", "--tlskey=FILE", "%t topic", "hawser sub '>' -F '%t %p'");
    }

    @Test
    void bashCompletesCommandsAndOptions(@TempDir Path folder) throws IOException, InterruptedException {
        Path script = folder.resolve("completion");
        Files.writeString(script, String.join("\n", stage.lines("completion", "bash")) + "\n");
        assertThat(completed(script, "hawser", "ret")).containsExactly("retained");
        assertThat(completed(script, "hawser", "durable", "pu")).containsExactly("purge");
        assertThat(completed(script, "hawser", "sub", "--head")).containsExactly("--headers-only");
        assertThat(stage.lines("completion", "zsh")).first().isEqualTo("autoload -U +X compinit && compinit");
        assertThat(stage.fails(2, "completion", "fish")).contains("expected one of [BASH, ZSH]");
    }

    private static List<String> completed(Path script, String... words) throws IOException, InterruptedException {
        String typed = "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + String.join(" ", words)
                + "'; COMP_POINT=${#COMP_LINE}; _complete_hawser; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", typed)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return out.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}

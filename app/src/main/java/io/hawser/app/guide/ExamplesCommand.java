package io.hawser.app.guide;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hawser examples}: prints the examples of all commands, as their help shows them. */
@Command(
        name = "examples",
        description = "Print examples: of a command, of all whose example holds a word, or of all.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser examples", "  hawser examples kv", "  hawser examples durable"})
public final class ExamplesCommand implements Callable<Integer> {
    private static final String EXAMPLE = "  hawser ";

    private final Terminal terminal;
    private final Supplier<CommandLine> whole;

    @Parameters(arity = "0..1", paramLabel = "TOPIC", description = "A command, or a word.")
    private @Nullable String topic;

    /** The command on {@code terminal}; {@code whole} makes the command line with all commands. */
    public ExamplesCommand(Terminal terminal, Supplier<CommandLine> whole) {
        this.terminal = terminal;
        this.whole = whole;
    }

    @Override
    public Integer call() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        collect(whole.get(), all);
        boolean command = topic != null
                && all.keySet().stream().anyMatch(name -> name.equals(topic) || name.startsWith(topic + " "));
        boolean any = false;
        for (Map.Entry<String, List<String>> each : all.entrySet()) {
            String name = each.getKey();
            for (String line : each.getValue()) {
                boolean shown = topic == null
                        || (command ? name.equals(topic) || name.startsWith(topic + " ") : line.contains(topic));
                any |= shown;
                if (shown && !terminal.print(line)) {
                    return Exit.OK.code();
                }
            }
        }
        if (!any) {
            throw new Failure(Exit.NOT_FOUND, "no example holds '" + topic + "'; 'hawser examples' prints all");
        }
        return Exit.OK.code();
    }

    private static void collect(CommandLine command, Map<String, List<String>> all) {
        String name = command.getCommandSpec().qualifiedName(" ").replaceFirst("^hawser ?", "");
        all.put(name, of(command));
        command.getSubcommands().values().forEach(each -> collect(each, all));
    }

    /** The examples that the help of {@code command} shows. */
    public static List<String> of(CommandLine command) {
        List<String> examples = new ArrayList<>();
        for (String line : command.getCommandSpec().usageMessage().footer()) {
            if (line.startsWith(EXAMPLE)) {
                examples.add(line.substring(2).replace("%%", "%"));
            }
        }
        return examples;
    }
}

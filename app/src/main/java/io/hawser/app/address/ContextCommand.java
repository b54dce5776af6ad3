package io.hawser.app.address;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.RowFormat;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser context}: gives names to hubs and to who one is there, so that no command has to say it. */
@Command(
        name = "context",
        description = "Give names to hubs, and to who you are there; the one selected is where commands go.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {
            "",
            "Contexts are in $XDG_CONFIG_HOME/hawser, else ~/.config/hawser, open to you alone.",
            "  hawser context add lab -s wss://hub.example:9191/channel --user alice --ask --select",
            "  hawser sub '>'",
            "  hawser pub --context lab a b"
        })
public final class ContextCommand {
    private static final String FORMAT = "text, json (one object a line), raw or csv.";

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public ContextCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "add",
            description = "Keep what these options say under a name.",
            mixinStandardHelpOptions = true,
            footer = {"", "  hawser context add dev -s ws://127.0.0.1:9191/channel"})
    Integer add(
            @Parameters(paramLabel = "NAME", description = "Letters, digits, '.', '_' and '-'.") String name,
            @Option(names = "--ask", description = "Ask for the user's password, or read it from a pipe.") boolean ask,
            @Option(names = "--select", description = "Commands go there from now on.") boolean select,
            @Option(names = "--force", description = "Replace what is there under this name.") boolean force,
            @ArgGroup(validate = false, heading = HubOptions.HEADING) @Nullable HubOptions options) {
        Contexts contexts = contexts();
        if (contexts.has(name) && !force) {
            throw new Failure(Exit.FAILED, "there is a context '" + name + "' already; --force replaces it");
        }
        Map<Saying, String> said = (options == null ? new HubOptions() : options).said();
        if (said.isEmpty() && !ask) {
            throw new Failure(Exit.USAGE, "say what to keep: --server, --user, --tlsca, ...");
        }
        if (ask) {
            said.put(Saying.PASSWORD, terminal.newSecret("password"));
        }
        contexts.write(name, new Sayings(said));
        if (select) {
            contexts.select(name);
        }
        return Exit.OK.code();
    }

    @Command(
            name = "ls",
            description = "Print the contexts, one a line.",
            mixinStandardHelpOptions = true,
            footer = {"", "  hawser context ls -o json"})
    Integer list(
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FORMAT",
                            defaultValue = "text",
                            description = FORMAT)
                    RowFormat format) {
        Contexts contexts = contexts();
        Optional<String> selected = contexts.selected();
        List<Fields> rows = new ArrayList<>();
        for (String name : contexts.names()) {
            rows.add(row(contexts, name, selected));
        }
        format.lines(rows).forEach(terminal::print);
        return Exit.OK.code();
    }

    @Command(
            name = "show",
            description = "Print what a context says, without its secrets.",
            mixinStandardHelpOptions = true,
            footer = {"", "  hawser context show lab"})
    Integer show(
            @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which. Else the one that is selected.")
                    @Nullable
                    String name,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FORMAT",
                            defaultValue = "text",
                            description = FORMAT)
                    RowFormat format) {
        Contexts contexts = contexts();
        Optional<String> selected = contexts.selected();
        String chosen = Optional.ofNullable(name)
                .or(() -> selected)
                .orElseThrow(() -> new Failure(Exit.NOT_FOUND, "no context is selected; name one"));
        format.lines(List.of(row(contexts, chosen, selected))).forEach(terminal::print);
        return Exit.OK.code();
    }

    @Command(
            name = "select",
            description = "Commands that say no hub go there from now on.",
            mixinStandardHelpOptions = true,
            footer = {"", "  hawser context select lab", "  hawser context select --none"})
    Integer select(
            @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which.") @Nullable String name,
            @Option(names = "--none", description = "None: they go to a hub on this machine.") boolean none) {
        if (none == (name != null)) {
            throw new Failure(Exit.USAGE, "say which context, or --none");
        }
        if (name == null) {
            contexts().unselect();
        } else {
            contexts().select(name);
        }
        return Exit.OK.code();
    }

    @Command(
            name = "rm",
            description = "Forget a context with its secrets.",
            mixinStandardHelpOptions = true,
            footer = {"", "  hawser context rm lab"})
    Integer remove(@Parameters(paramLabel = "NAME", description = "Which.") String name) {
        contexts().remove(name);
        return Exit.OK.code();
    }

    private Contexts contexts() {
        return Contexts.of(terminal.environment())
                .orElseThrow(() ->
                        new Failure(Exit.USAGE, "contexts are kept below XDG_CONFIG_HOME or HOME; neither is set"));
    }

    private static Fields row(Contexts contexts, String name, Optional<String> selected) {
        Fields said = contexts.read(name).shown();
        Fields.Builder row = Fields.builder()
                .put("context", name)
                .put("selected", Value.Bool.of(selected.filter(name::equals).isPresent()));
        for (int i = 0; i < said.size(); i++) {
            row.put(said.name(i), said.value(i));
        }
        return row.build();
    }
}

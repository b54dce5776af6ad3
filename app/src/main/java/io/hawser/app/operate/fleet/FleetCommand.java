package io.hawser.app.operate.fleet;

import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser fleet}: the copters of a hub, and what they shall do. */
@Command(
        name = "fleet",
        description = "Look at the copters of a hub, and tell them what to do.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
public final class FleetCommand {
    /** A copter may take a minute to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private static final String SOME = "Which copters; * stands for any characters.";

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public FleetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The command with those below it. */
    public static CommandLine line(Terminal terminal) {
        return new CommandLine(new FleetCommand(terminal))
                .addSubcommand(new FleetFileCommand(terminal))
                .addSubcommand(new FleetFilesCommand(terminal))
                .addSubcommand(new FleetFetchCommand(terminal))
                .addSubcommand(new FleetConfigCommand(terminal));
    }

    /** Which copters, beside those that are named. */
    static final class Selection {
        @Mixin
        private AdminLink link = new AdminLink();

        @Option(names = "--all", description = "All copters that are there.")
        private boolean all;

        AdminLink link() {
            return link;
        }

        /** The copters that are wanted, none standing for all. */
        Value.Sequence of(@Nullable List<String> named) {
            List<String> copters = named == null ? List.of() : named;
            if (all != copters.isEmpty()) {
                throw new Failure(Exit.USAGE, "say which copters, or --all");
            }
            return new Value.Sequence(copters.stream().<Value>map(Value::of).toList());
        }
    }

    @Command(name = "ls", description = "Print the copters, one a line.", mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, "fleet");
    }

    @Command(
            name = "check",
            description =
                    "Print whether each copter that is there may take off, and why not. Ends with 1 if one may not.",
            mixinStandardHelpOptions = true)
    Integer check(@Mixin AdminLink link) {
        try (AdminCaller hub = link.open(terminal)) {
            List<Fields> rows =
                    AdminLink.items(hub.get(AdminCaller.path(List.of("fleet", "check"), Map.of("limit", 1_000))));
            link.print(terminal, rows);
            boolean ready = rows.stream().allMatch(row -> Value.Bool.of(true).equals(row.find("ready")));
            return (ready ? Exit.OK : Exit.FAILED).code();
        }
    }

    @Command(
            name = "send",
            description = "Tell copters to do something; copters do not say whether they did.",
            footer = {"", "  hawser fleet send takeoff_z --kwargs '{\"z\": 1.5}' copter-1 copter-2"},
            mixinStandardHelpOptions = true)
    Integer send(
            @Parameters(index = "0", paramLabel = "ACTION", description = "What they shall do.") String action,
            @Parameters(index = "1..*", paramLabel = "COPTER", description = SOME) @Nullable List<String> copters,
            @Option(names = "--kwargs", paramLabel = "JSON", description = "How, an object.") @Nullable String kwargs,
            @Mixin Selection selection) {
        return tell(selection, "command", said("action", action, kwargs, selection.of(copters)));
    }

    @Command(name = "request", description = "Ask copters something.", mixinStandardHelpOptions = true)
    Integer request(
            @Parameters(index = "0", paramLabel = "NAME", description = "What they are asked.") String name,
            @Parameters(index = "1..*", paramLabel = "COPTER", description = SOME) @Nullable List<String> copters,
            @Option(names = "--kwargs", paramLabel = "JSON", description = "How, an object.") @Nullable String kwargs,
            @Mixin Selection selection) {
        return tell(selection, "request", said("name", name, kwargs, selection.of(copters)));
    }

    @Command(
            name = "start",
            description = "Start the animation of copters at one instant, each by its own clock.",
            mixinStandardHelpOptions = true)
    Integer start(
            @Parameters(index = "0..*", paramLabel = "COPTER", description = SOME) @Nullable List<String> copters,
            @Option(
                            names = "--in",
                            paramLabel = "SECONDS",
                            defaultValue = "5",
                            description = "How long from now. Default: ${DEFAULT-VALUE}.")
                    double in,
            @Mixin Selection selection) {
        return tell(
                selection,
                "start",
                Fields.builder()
                        .put("copters", selection.of(copters))
                        .put("in", in)
                        .build());
    }

    @Command(
            name = "land",
            description = "Land copters now; this goes before everything else that they are told or sent.",
            mixinStandardHelpOptions = true)
    Integer land(
            @Parameters(index = "0..*", paramLabel = "COPTER", description = SOME) @Nullable List<String> copters,
            @Option(names = "--emergency", description = "By the emergency landing of their autopilot.")
                    boolean emergency,
            @Mixin Selection selection) {
        String action = emergency ? "emergency_land" : "land";
        return tell(selection, "command", said("action", action, null, selection.of(copters)));
    }

    private static Fields said(String field, String name, @Nullable String kwargs, Value.Sequence copters) {
        try {
            return Fields.builder()
                    .put("copters", copters)
                    .put(field, name)
                    .put("kwargs", new Value.Nested(kwargs == null ? Fields.EMPTY : JsonText.read(kwargs)))
                    .build();
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, "--kwargs: " + wrong.getMessage(), wrong);
        }
    }

    private Integer tell(Selection selection, String what, Fields said) {
        boolean done = true;
        try (AdminCaller hub = selection.link.open(terminal, PATIENCE)) {
            List<Fields> results =
                    AdminLink.items(hub.change("POST", AdminCaller.path(List.of("fleet", what), Map.of()), said));
            selection.link.print(terminal, results);
            for (Fields result : results) {
                done &= Value.Bool.of(true).equals(result.find("done"));
            }
            if (results.isEmpty()) {
                throw new Failure(Exit.NOT_FOUND, "no copter is there");
            }
        }
        return (done ? Exit.OK : Exit.FAILED).code();
    }
}

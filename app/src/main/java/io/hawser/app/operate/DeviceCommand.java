package io.hawser.app.operate;

import io.hawser.app.access.PrivateFile;
import io.hawser.app.command.HubLink;
import io.hawser.app.command.SubCommand;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.EventFormat;
import io.hawser.app.text.JsonText;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser device}: the devices of a hub, what they said, and what they shall do. */
@Command(
        name = "device",
        description = "Look at the devices of a hub, register them, and ask them to do something.",
        footer = {
            "",
            "  hawser device register THERMO-1 --name 'by the door'",
            "  hawser device set THERMO-1 maxThreshold=77",
            "  hawser device call THERMO-1 reset",
            "  hawser device watch THERMO-1"
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
public final class DeviceCommand {
    private static final String DEVICES = "devices";
    private static final String DEVICE = "Its hardware id, or its endpoint id.";
    private static final int LONGEST_WAIT = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public DeviceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Which device of which hub. */
    static final class Which {
        @Mixin
        private AdminLink link = new AdminLink();

        @Parameters(index = "0", paramLabel = "DEVICE", description = DEVICE)
        private String device = "";

        private String path(String... more) {
            return path(Map.of(), more);
        }

        private String path(Map<String, ?> query, String... more) {
            List<String> parts = new ArrayList<>(List.of(DEVICES, device));
            parts.addAll(List.of(more));
            return AdminCaller.path(parts, query);
        }
    }

    /** What a device is asked. */
    static final class Wish {
        @Mixin
        private Which which = new Which();

        @Option(
                names = "--expiry",
                paramLabel = "SECONDS",
                description = "How long it waits for a device that is away. Else as the hub is configured.")
        private @Nullable Integer expiry;

        private Fields with(String name, Value value, Optional<Value> argument) {
            Fields.Builder wish = Fields.builder().put(name, value);
            argument.ifPresent(said -> wish.put("value", said));
            Optional.ofNullable(expiry).ifPresent(seconds -> wish.put("expiry", seconds));
            return wish.build();
        }

        /** How long to wait until the device has answered, in seconds. */
        private long patience(Terminal terminal) {
            long seconds = which.link.timeout(terminal).orElse(PATIENCE).toSeconds();
            if (seconds > LONGEST_WAIT) {
                throw new Failure(Exit.USAGE, "--timeout is 0 to " + LONGEST_WAIT + " seconds for a device's answer");
            }
            return seconds;
        }
    }

    @Command(name = "ls", description = "Print the devices, one a line.", mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, DEVICES);
    }

    @Command(
            name = "show",
            description = "Print what is known of a device, and the last value of each attribute, a line each.",
            mixinStandardHelpOptions = true)
    Integer show(@Mixin Which which) {
        return which.link.showAll(terminal, hub -> {
            List<Fields> rows = new ArrayList<>(List.of(hub.get(which.path())));
            rows.addAll(AdminLink.items(hub.get(which.path("attributes"))));
            return rows;
        });
    }

    @Command(
            name = "watch",
            description = "Print what a device says, and what is asked of it, one a line, until Ctrl-C.",
            mixinStandardHelpOptions = true)
    Integer watch(
            @Mixin HubLink link,
            @Parameters(paramLabel = "DEVICE", description = "Its hardware id.") String device,
            @Option(names = "--count", paramLabel = "N", description = "End after N messages.") @Nullable Long count,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FORMAT",
                            defaultValue = "text",
                            description = "text, json (one object a line) or raw (the text alone).")
                    EventFormat format) {
        String topics = Topic.of("iot", device).text() + "/>";
        return SubCommand.print(terminal, link, topics, count == null ? Long.MAX_VALUE : count, format);
    }

    @Command(
            name = "register",
            description = "Register a device that is to come, and print its secret, this once.",
            mixinStandardHelpOptions = true)
    Integer register(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "HARDWARE_ID", description = "What it is called by its maker.") String hardwareId,
            @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.") @Nullable String name,
            @Option(names = "--description", paramLabel = "TEXT", description = "What people should know.") @Nullable
                    String description,
            @Option(
                            names = "--application",
                            paramLabel = "NAME",
                            description = "Where it belongs; made if it is not there. Else 'default'.")
                    @Nullable
                    String application) {
        Fields.Builder wish = Fields.builder().put("hardware_id", hardwareId);
        Optional.ofNullable(name).ifPresent(text -> wish.put("name", text));
        Optional.ofNullable(description).ifPresent(text -> wish.put("description", text));
        Optional.ofNullable(application).ifPresent(text -> wish.put("application", text));
        return link.show(
                terminal, hub -> hub.change("POST", AdminCaller.path(List.of(DEVICES), Map.of()), wish.build()));
    }

    @Command(
            name = "provision",
            description = {
                "Write the file that a device is given: where the hub is, whom it trusts, its id and its secret.",
                "The passphrase is asked for, or is the first line of what is piped in."
            },
            mixinStandardHelpOptions = true)
    Integer provision(
            @Mixin Which which,
            @Option(
                            names = {"-f", "--file"},
                            paramLabel = "FILE",
                            description =
                                    "Where to; a file that is there is left alone. Default: the hardware id and .conf")
                    @Nullable
                    Path file,
            @Option(
                            names = "--with",
                            paramLabel = "DEVICE",
                            description = "A device whose secret a gateway is given too; may be said again.")
                    @Nullable
                    List<String> connected) {
        Fields.Builder wish = Fields.builder();
        Optional.ofNullable(connected)
                .ifPresent(devices -> wish.put(
                        "connected",
                        new Value.Sequence(devices.stream().map(Value::of).toList())));
        return give(
                terminal,
                which.link,
                which.path("provisioning"),
                wish,
                made -> file != null ? file : Path.of(made.string("device").orElseThrow() + ".conf"));
    }

    /** Asks for a passphrase, and writes what the hub makes of {@code wish} where {@code where} says. */
    static Integer give(
            Terminal terminal, AdminLink link, String path, Fields.Builder wish, Function<Fields, Path> where) {
        wish.put("passphrase", terminal.newSecret("passphrase"));
        try (AdminCaller hub = link.open(terminal)) {
            Fields made = hub.change("POST", path, wish.build());
            Path target = where.apply(made);
            if (Files.exists(target)) {
                throw new Failure(Exit.FAILED, target + " is there already; name another file");
            }
            PrivateFile.write(target.toAbsolutePath(), made.string("file").orElseThrow());
            terminal.print(target.toString());
            terminal.say("it says that the hub is " + made.string("server").orElseThrow());
        } catch (UncheckedIOException unwritable) {
            throw new Failure(Exit.FAILED, "the file cannot be written: " + unwritable.getMessage(), unwritable);
        }
        return Exit.OK.code();
    }

    @Command(name = "enable", description = "Let a disabled device in again.", mixinStandardHelpOptions = true)
    Integer enable(@Mixin Which which) {
        return change(which, "enable");
    }

    @Command(
            name = "disable",
            description = "Shut a device out until it is enabled; it is out at once.",
            mixinStandardHelpOptions = true)
    Integer disable(@Mixin Which which) {
        return change(which, "disable");
    }

    @Command(
            name = "decommission",
            description = "Shut a device out for ever; what it said is kept.",
            mixinStandardHelpOptions = true)
    Integer decommission(@Mixin Which which) {
        return change(which, "decommission");
    }

    @Command(
            name = "rotate",
            description = "Give a device a new secret, printed this once; it must be activated with it again.",
            mixinStandardHelpOptions = true)
    Integer rotate(@Mixin Which which) {
        return change(which, "rotate");
    }

    @Command(
            name = "revoke",
            description = "Make the keys and tokens of a device void, and disable it.",
            mixinStandardHelpOptions = true)
    Integer revoke(@Mixin Which which) {
        return change(which, "revoke");
    }

    private Integer change(Which which, String what) {
        return which.link.show(terminal, hub -> hub.change("POST", which.path(what), Fields.EMPTY));
    }

    @Command(name = "rm", description = "Remove a device and all that is known of it.", mixinStandardHelpOptions = true)
    Integer remove(@Mixin Which which) {
        return which.link.show(terminal, hub -> hub.change("DELETE", which.path()));
    }

    @Command(
            name = "set",
            description = "Set attributes of a device. Ends with 5 if it has not answered yet.",
            mixinStandardHelpOptions = true)
    Integer set(
            @Mixin Wish wish,
            @Parameters(
                            index = "1..*",
                            arity = "1..*",
                            paramLabel = "NAME=VALUE",
                            description = "What to set; JSON values, else text.")
                    Map<String, String> attributes) {
        Fields.Builder values = Fields.builder();
        attributes.forEach((name, value) -> values.put(name, value(value)));
        return ask(wish, wish.with("attributes", new Value.Nested(values.build()), Optional.empty()));
    }

    @Command(
            name = "call",
            description = "Have a device do something. Ends with 5 if it has not answered yet.",
            mixinStandardHelpOptions = true)
    Integer call(
            @Mixin Wish wish,
            @Parameters(index = "1", paramLabel = "ACTION", description = "What it shall do.") String action,
            @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = "JSON, else text.") @Nullable
                    String argument) {
        Optional<Value> value = Optional.ofNullable(argument).map(DeviceCommand::value);
        return ask(wish, wish.with("action", Value.of(action), value));
    }

    private static Value value(String text) {
        try {
            return Optional.ofNullable(JsonText.read("{\"value\":" + text + "}").find("value"))
                    .orElseThrow();
        } catch (IllegalArgumentException noJson) {
            return Value.of(text);
        }
    }

    private Integer ask(Wish wish, Fields said) {
        Which which = wish.which;
        long wait = wish.patience(terminal);
        try (AdminCaller hub = which.link.open(terminal, Duration.ofSeconds(wait + 30L))) {
            Fields waiting = said.toBuilder().put("wait", wait).build();
            Fields command = hub.change("POST", which.path("commands"), waiting);
            which.link.print(terminal, List.of(command));
            return switch (command.string("state").orElse("")) {
                case "completed" -> Exit.OK.code();
                case "queued", "delivered" -> (wait == 0 ? Exit.OK : Exit.TIMEOUT).code();
                default -> Exit.FAILED.code();
            };
        }
    }

    @Command(
            name = "commands",
            description = "Print what a device was asked and what became of it, the newest first.",
            mixinStandardHelpOptions = true)
    Integer commands(@Mixin Which which, @Mixin Newest newest) {
        return which.link.showAll(
                terminal, hub -> AdminLink.items(hub.get(which.path(Map.of("limit", newest.count), "commands"))));
    }

    @Command(
            name = "cancel",
            description = "Take back a command that waits for its device.",
            mixinStandardHelpOptions = true)
    Integer cancel(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "COMMAND_ID", description = "Which one: hawser device commands.") String command) {
        return link.show(
                terminal, hub -> hub.change("DELETE", AdminCaller.path(List.of("commands", command), Map.of())));
    }

    /** How many. */
    static final class Newest {
        @Option(
                names = {"-n", "--count"},
                paramLabel = "N",
                defaultValue = "20",
                description = "How many, 1 to 1000. Default: ${DEFAULT-VALUE}.")
        private int count;
    }

    @Command(
            name = "messages",
            description = "Print what a device said, the newest first.",
            mixinStandardHelpOptions = true)
    Integer messages(@Mixin Which which, @Mixin Newest newest) {
        return said(which, newest, Map.of());
    }

    @Command(
            name = "alerts",
            description = "Print the alerts of a device, the newest first.",
            mixinStandardHelpOptions = true)
    Integer alerts(@Mixin Which which, @Mixin Newest newest) {
        return said(which, newest, Map.of("kind", "alert"));
    }

    private Integer said(Which which, Newest newest, Map<String, ?> kind) {
        Map<String, Object> query = new HashMap<>(kind);
        query.put("limit", newest.count);
        return which.link.showAll(terminal, hub -> AdminLink.items(hub.get(which.path(query, "messages"))));
    }
}

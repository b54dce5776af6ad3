package io.hawser.app.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser policy}: what devices work out for themselves before they send something. */
@Command(
        name = "policy",
        description = "Look at the device policies of a hub, change them, and say which devices follow them.",
        footer = {
            "",
            "  echo '[{\"attributeName\": \"temperature\", \"pipeline\": [{\"id\": \"mean\","
                    + " \"parameters\": {\"window\": 60000}}]}]' > mean.json",
            "  hawser policy add urn:my:thermometer mean.json",
            "  hawser policy assign POLICY THERMO-1 THERMO-2"
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
public final class PolicyCommand {
    private static final String POLICIES = "policies";

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public PolicyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Which policy of which hub. */
    static final class Which {
        @Mixin
        private AdminLink link = new AdminLink();

        @Parameters(index = "0", paramLabel = "POLICY", description = "Which one: hawser policy ls.")
        private String policy = "";

        private String path() {
            return AdminCaller.path(List.of(POLICIES, policy), Map.of());
        }

        private String path(String what) {
            return AdminCaller.path(List.of(POLICIES, policy, what), Map.of());
        }
    }

    @Command(name = "ls", description = "Print the policies, one a line.", mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, POLICIES);
    }

    @Command(name = "show", description = "Print a policy with its pipelines.", mixinStandardHelpOptions = true)
    Integer show(@Mixin Which which) {
        try (AdminCaller hub = which.link.open(terminal)) {
            terminal.print(JsonText.write(hub.get(which.path())));
        }
        return Exit.OK.code();
    }

    @Command(name = "add", description = "Add a policy for a model.", mixinStandardHelpOptions = true)
    Integer add(
            @Mixin AdminLink link,
            @Parameters(index = "0", paramLabel = "URN", description = "The device model.") String model,
            @Parameters(index = "1", paramLabel = "FILE", description = "Its pipelines, a JSON list.") Path file,
            @Option(
                            names = "--description",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "What people should know.")
                    String description) {
        Fields policy = Fields.builder()
                .put("model", model)
                .put("description", description)
                .put("pipelines", pipelines(file))
                .build();
        return link.show(terminal, hub -> hub.change("POST", AdminCaller.path(List.of(POLICIES), Map.of()), policy));
    }

    @Command(
            name = "change",
            description = "Change what a policy says; the devices that follow it are told.",
            mixinStandardHelpOptions = true)
    Integer change(
            @Mixin Which which,
            @Parameters(index = "1", paramLabel = "FILE", description = "Its pipelines, a JSON list.") Path file) {
        Fields policy = Fields.of("pipelines", pipelines(file));
        return which.link.show(terminal, hub -> hub.change("POST", which.path(), policy));
    }

    private static Value pipelines(Path file) {
        try {
            Value read = JsonText.read("{\"pipelines\":" + Files.readString(file, UTF_8) + "}")
                    .find("pipelines");
            if (read instanceof Value.Sequence list) {
                return list;
            }
            throw new Failure(Exit.USAGE, file + " is no JSON list of pipelines");
        } catch (IOException unreadable) {
            throw new Failure(Exit.USAGE, file + " cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, file + ": " + wrong.getMessage(), wrong);
        }
    }

    @Command(
            name = "assign",
            description = "Have devices follow a policy, and no other for its model.",
            mixinStandardHelpOptions = true)
    Integer assign(
            @Mixin Which which,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "DEVICE", description = "Which devices.")
                    List<String> devices) {
        return follow(which, "assign", devices);
    }

    @Command(
            name = "unassign",
            description = "Have devices follow a policy no longer.",
            mixinStandardHelpOptions = true)
    Integer unassign(
            @Mixin Which which,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "DEVICE", description = "Which devices.")
                    List<String> devices) {
        return follow(which, "unassign", devices);
    }

    private Integer follow(Which which, String what, List<String> devices) {
        Value.Sequence named =
                new Value.Sequence(devices.stream().<Value>map(Value::of).toList());
        return which.link.show(terminal, hub -> hub.change("POST", which.path(what), Fields.of("devices", named)));
    }

    @Command(name = "rm", description = "Remove a policy that nobody follows.", mixinStandardHelpOptions = true)
    Integer remove(@Mixin Which which) {
        return which.link.show(terminal, hub -> hub.change("DELETE", which.path()));
    }
}

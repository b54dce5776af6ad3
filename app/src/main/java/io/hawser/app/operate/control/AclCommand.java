package io.hawser.app.operate.control;

import io.hawser.app.access.AccessSettings;
import io.hawser.app.access.Standing;
import io.hawser.app.access.Verdict;
import io.hawser.app.admin.control.AclApi;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.access.Action;
import io.hawser.core.value.Fields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser acl}: asks the rules before somebody stumbles over them. */
@Command(
        name = "acl",
        description = "Ask the rules who may do what.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {
            "",
            "  hawser acl test alice publish robot/7",
            "  hawser acl test bob subscribe robot/7 --group pilots"
        })
public final class AclCommand {
    private final Terminal terminal;

    /** What is asked. */
    static final class Asked {
        @Parameters(
                index = "0",
                paramLabel = "USER",
                description = "A user, a token's principal, a gateway such as ivy/lab.")
        private String user = "";

        @Parameters(index = "1", paramLabel = "ACTION", description = "publish, subscribe, request, kv.read, ...")
        private String action = "";

        @Parameters(index = "2", paramLabel = "TOPIC", description = "A topic, or a pattern; a map's key is MAP/KEY.")
        private String topic = "";

        @Option(
                names = "--group",
                paramLabel = "GROUP",
                description = "A group that the user is in besides; may be said again.")
        private List<String> groups = new ArrayList<>();
    }

    /** The command on {@code terminal}. */
    public AclCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "test",
            description =
                    "Say whether USER may do ACTION on TOPIC, and which rule decides: of a running hub, or with -c of"
                            + " a file. Exit code 4 if it is denied.",
            mixinStandardHelpOptions = true)
    Integer test(
            @Mixin Asked asked,
            @Mixin AdminLink link,
            @Option(
                            names = {"-c", "--config"},
                            paramLabel = "FILE",
                            description = "Settings, as hawser.conf.")
                    @Nullable
                    Path file) {
        Fields row = file == null ? ask(link, asked) : look(file, asked);
        if (link.forPeople()) {
            terminal.print(row.string("verdict").orElse("") + ": "
                    + row.string("reason").orElse(""));
        } else {
            link.print(terminal, List.of(row));
        }
        boolean denied = row.string("verdict").orElse("").equals("denied");
        return (denied ? Exit.DENIED : Exit.OK).code();
    }

    private Fields ask(AdminLink link, Asked asked) {
        try (AdminCaller hub = link.open(terminal)) {
            Map<String, String> query = Map.of(
                    "user",
                    asked.user,
                    "action",
                    asked.action,
                    "topic",
                    asked.topic,
                    "groups",
                    String.join(",", asked.groups));
            return hub.get(AdminCaller.path(List.of("acl"), query));
        }
    }

    private Fields look(Path file, Asked asked) {
        AccessSettings settings =
                new ConfigReader(terminal.environment()).file(file).read().access();
        Action action = Action.labelled(asked.action)
                .orElseThrow(() -> new Failure(
                        Exit.USAGE,
                        "there is no action '" + asked.action + "'; the actions are "
                                + String.join(", ", Action.labels())));
        try {
            Set<String> groups = new TreeSet<>(asked.groups);
            Verdict verdict = Verdict.of(settings, new Standing(settings), asked.user, groups, action, asked.topic);
            return AclApi.row(verdict, action, asked.topic);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }
}

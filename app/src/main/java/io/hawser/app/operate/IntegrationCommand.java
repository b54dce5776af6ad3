package io.hawser.app.operate;

import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser integration}: by what programs of operators work with the devices of a hub. */
@Command(
        name = "integration",
        description =
                "Let programs work with the devices of an application, over REST or by the original enterprise library.",
        footer = {
            "",
            "  hawser integration add dashboard --application greenhouse",
            "  hawser integration provision dashboard -f dashboard.conf"
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
public final class IntegrationCommand {
    private static final String INTEGRATIONS = "integrations";

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public IntegrationCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Which integration of which hub. */
    static final class Which {
        @Mixin
        private AdminLink link = new AdminLink();

        @Parameters(index = "0", paramLabel = "NAME", description = "What it is called, or its id.")
        private String name = "";

        private String path(String... more) {
            List<String> parts = new ArrayList<>(List.of(INTEGRATIONS, name));
            parts.addAll(List.of(more));
            return AdminCaller.path(parts, Map.of());
        }
    }

    @Command(name = "ls", description = "Print the integrations, one a line.", mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, INTEGRATIONS);
    }

    @Command(
            name = "add",
            description = "Add an integration, and print its secret, this once.",
            mixinStandardHelpOptions = true)
    Integer add(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "NAME", description = "What it is called, in rules too: iot/integration/NAME.")
                    String name,
            @Option(
                            names = "--application",
                            paramLabel = "APPLICATION",
                            defaultValue = "default",
                            description = "Whose devices it sees. Default: ${DEFAULT-VALUE}.")
                    String application) {
        Fields wish = Fields.builder()
                .put("name", name)
                .put("application", application)
                .build();
        return link.show(terminal, hub -> hub.change("POST", AdminCaller.path(List.of(INTEGRATIONS), Map.of()), wish));
    }

    @Command(
            name = "rotate",
            description = "Give an integration a new secret, printed this once; the old one is void.",
            mixinStandardHelpOptions = true)
    Integer rotate(@Mixin Which which) {
        return which.link.show(terminal, hub -> hub.change("POST", which.path("rotate"), Fields.EMPTY));
    }

    @Command(
            name = "provision",
            description = {
                "Write the file that a program is given: where the hub is, whom it trusts, its id and its secret.",
                "The passphrase is asked for, or is the first line of what is piped in."
            },
            mixinStandardHelpOptions = true)
    Integer provision(
            @Mixin Which which,
            @Option(
                            names = {"-f", "--file"},
                            paramLabel = "FILE",
                            description = "Where to; a file that is there is left alone. Default: the name and .conf")
                    @Nullable
                    Path file) {
        return DeviceCommand.give(
                terminal,
                which.link,
                which.path("provisioning"),
                Fields.builder(),
                made -> file != null ? file : Path.of(which.name + ".conf"));
    }

    @Command(
            name = "rm",
            description = "Remove an integration; programs that use it are out at once.",
            mixinStandardHelpOptions = true)
    Integer remove(@Mixin Which which) {
        return which.link.show(terminal, hub -> hub.change("DELETE", which.path()));
    }
}

package io.hawser.app.operate;

import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser app}: the applications to which the devices of a hub belong. */
@Command(
        name = "app",
        description = "Look at the applications to which devices belong, add and remove them.",
        footer = {"", "  hawser app add greenhouse", "  hawser device register THERMO-1 --application greenhouse"},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class)
public final class AppCommand {
    private static final String APPLICATIONS = "applications";

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public AppCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "ls", description = "Print the applications, one a line.", mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, APPLICATIONS);
    }

    @Command(name = "add", description = "Add an application.", mixinStandardHelpOptions = true)
    Integer add(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "NAME", description = "What it is called.") String name,
            @Option(
                            names = "--description",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "What people should know.")
                    String description) {
        Fields wish = Fields.builder()
                .put("name", name)
                .put("description", description)
                .build();
        return link.show(terminal, hub -> hub.change("POST", AdminCaller.path(List.of(APPLICATIONS), Map.of()), wish));
    }

    @Command(
            name = "rm",
            description = "Remove an application that has no devices and no integrations any more.",
            mixinStandardHelpOptions = true)
    Integer remove(
            @Mixin AdminLink link,
            @Parameters(paramLabel = "NAME", description = "What it is called, or its id.") String name) {
        return link.show(
                terminal, hub -> hub.change("DELETE", AdminCaller.path(List.of(APPLICATIONS, name), Map.of())));
    }
}

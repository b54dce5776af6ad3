package io.hawser.app.operate;

import io.hawser.app.admin.device.ModelApi;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.JsonText;
import io.hawser.app.text.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hawser model}: the device models of a hub. */
@Command(
        name = "model",
        description = "Look at the device models of a hub, and import them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {"", "  hawser model add humidity_sensor.json", "  hawser model ls"})
public final class ModelCommand {
    private static final String MODELS = "models";

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public ModelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "ls", description = "Print the models, one a line.", mixinStandardHelpOptions = true)
    Integer list(@Mixin AdminLink link) {
        return link.list(terminal, MODELS);
    }

    @Command(name = "show", description = "Print a model.", mixinStandardHelpOptions = true)
    Integer show(@Mixin AdminLink link, @Parameters(paramLabel = "URN", description = "Which one.") String urn) {
        try (AdminCaller hub = link.open(terminal)) {
            terminal.print(JsonText.write(hub.get(AdminCaller.path(List.of(MODELS, urn), Map.of()))));
        }
        return Exit.OK.code();
    }

    @Command(
            name = "add",
            description = {
                "Import models, or next versions of them: a model, a list of models, or an export of the original"
                        + " server.",
                "All of the file, or nothing."
            },
            mixinStandardHelpOptions = true)
    Integer add(@Mixin AdminLink link, @Parameters(paramLabel = "FILE", description = "JSON, or *.iot.") Path file) {
        byte[] bytes = read(file);
        return link.showAll(
                terminal, hub -> AdminLink.items(hub.give(AdminCaller.path(List.of(MODELS), Map.of()), bytes)));
    }

    @Command(
            name = "validate",
            description = "Print all that is wrong with the models in a file; no hub is asked.",
            mixinStandardHelpOptions = true)
    Integer validate(@Parameters(paramLabel = "FILE", description = "JSON, or *.iot.") Path file) {
        try {
            ModelApi.check(read(file)).forEach(model -> terminal.print(SafeText.of(model.urn()) + " is good"));
            return Exit.OK.code();
        } catch (IllegalArgumentException wrong) {
            String.valueOf(wrong.getMessage()).lines().map(SafeText::of).forEach(terminal::print);
            return Exit.FAILED.code();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new Failure(Exit.USAGE, file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    @Command(name = "rm", description = "Remove a model.", mixinStandardHelpOptions = true)
    Integer remove(@Mixin AdminLink link, @Parameters(paramLabel = "URN", description = "Which one.") String urn) {
        return link.show(terminal, hub -> hub.change("DELETE", AdminCaller.path(List.of(MODELS, urn), Map.of())));
    }
}

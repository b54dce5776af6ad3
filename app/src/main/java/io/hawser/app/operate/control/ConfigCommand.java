package io.hawser.app.operate.control;

import io.hawser.app.config.ConfigException;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.Configuration;
import io.hawser.app.config.origin.Setting;
import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.SafeText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser config}: checks settings before a hub meets them, and says where each comes from. */
@Command(
        name = "config",
        description = "Check the settings of a hub, and show where each comes from.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {"", "  hawser config check -c hawser.conf", "  hawser config show --effective"})
public final class ConfigCommand {
    private final Terminal terminal;

    /** Which settings. */
    static final class FileOption {
        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                description = "Settings, as hawser.conf; environment variables HAWSER_A__B go above it.")
        private @Nullable Path file;

        Configuration read(Terminal terminal) {
            ConfigReader reader = new ConfigReader(terminal.environment());
            if (file != null) {
                reader.file(file);
            }
            return reader.readAll();
        }
    }

    /** The command on {@code terminal}. */
    public ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "check",
            description =
                    "Read the settings as hawser serve would, and say everything that is wrong with them: exit code 1.",
            mixinStandardHelpOptions = true)
    Integer check(@Mixin FileOption option) {
        try {
            Configuration sound = option.read(terminal);
            long own = sound.settings().stream()
                    .filter(setting -> !setting.isDefault())
                    .count();
            terminal.say("sound: " + own + " settings of your own");
            return Exit.OK.code();
        } catch (ConfigException wrong) {
            String.valueOf(wrong.getMessage()).lines().forEach(line -> terminal.insist(SafeText.of(line)));
            return Exit.FAILED.code();
        }
    }

    @Command(
            name = "show",
            description = "Print the settings and where each comes from; secrets are not shown.",
            mixinStandardHelpOptions = true)
    Integer show(
            @Mixin FileOption option,
            @Mixin AdminLink link,
            @Option(names = "--effective", description = "All that hold, those that nobody has set too.") boolean all,
            @Option(
                            names = "--running",
                            description = "Those of the hub that runs, rather than those that the next start finds.")
                    boolean running) {
        List<Fields> rows = running
                ? ofHub(link)
                : option.read(terminal).settings().stream().map(Setting::row).toList();
        for (Fields row : rows) {
            boolean own = row.get("default").filter(Value.of(false)::equals).isPresent();
            if (all || own) {
                print(link, row);
            }
        }
        return Exit.OK.code();
    }

    private List<Fields> ofHub(AdminLink link) {
        try (AdminCaller hub = link.open(terminal)) {
            return AdminLink.all(hub, "config");
        }
    }

    private void print(AdminLink link, Fields row) {
        if (!link.forPeople()) {
            link.print(terminal, List.of(row));
            return;
        }
        String line = row.string("key").orElse("") + " = " + row.string("value").orElse("");
        terminal.print(SafeText.of(line + "   # " + row.string("from").orElse("")));
    }
}

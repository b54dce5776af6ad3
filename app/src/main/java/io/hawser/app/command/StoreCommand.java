package io.hawser.app.command;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.store.StoreException;
import io.hawser.store.copy.Copy;
import io.hawser.store.copy.Stock;
import io.hawser.store.local.FolderStock;
import io.hawser.store.nats.NatsListener;
import io.hawser.store.nats.NatsSettings;
import io.hawser.store.nats.NatsStock;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser store}: moves what a hub keeps, while no hub runs. */
@Command(
        name = "store",
        description = "Move what a hub keeps, while no hub runs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {"", "  hawser store copy /var/lib/hawser nats -c hawser.conf"})
public final class StoreCommand {
    private static final String NATS = "nats";

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public StoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "copy",
            description =
                    "Copy all that a store keeps into another one, which is empty, and compare. Uploads that were not"
                            + " finished stay behind.",
            mixinStandardHelpOptions = true)
    Integer copy(
            @Parameters(
                            index = "0",
                            paramLabel = "FROM",
                            description =
                                    "A data folder, or nats: the store on NATS of the settings (hawser.store.nats).")
                    String from,
            @Parameters(index = "1", paramLabel = "TO", description = "The same; new or empty.") String to,
            @Option(
                            names = {"-c", "--config"},
                            paramLabel = "FILE",
                            description = "Settings, as hawser.conf; environment variables HAWSER_A__B go above it.")
                    @Nullable
                    Path config) {
        if (from.equals(to)) {
            throw new Failure(Exit.USAGE, "FROM and TO are the same");
        }
        try (Stock source = from.equals(NATS) ? nats(config) : FolderStock.existing(Path.of(from));
                Stock target = to.equals(NATS) ? nats(config) : FolderStock.open(Path.of(to))) {
            Map<?, ?> unused = Copy.run(source, target, terminal::say);
        } catch (StoreException refused) {
            throw new Failure(Exit.FAILED, String.valueOf(refused.getMessage()), refused);
        }
        terminal.say("copied, and compared: the same");
        return Exit.OK.code();
    }

    private Stock nats(@Nullable Path config) {
        ConfigReader reader = new ConfigReader(terminal.environment()).flag("hawser store", "store.engine", NATS);
        if (config != null) {
            reader.file(config);
        }
        NatsSettings settings = reader.read().nats().orElseThrow();
        String who = "hawser store copy in process "
                + ManagementFactory.getRuntimeMXBean().getName();
        return NatsStock.open(settings, who, new NatsListener() {
            @Override
            public void failed(StoreException why) {
                terminal.insist(String.valueOf(why.getMessage()));
            }

            @Override
            public void away(String text) {
                terminal.insist(text);
            }

            @Override
            public void back(String text) {
                terminal.insist(text);
            }
        });
    }
}

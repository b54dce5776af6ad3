package io.hawser.app.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.hawser.app.admin.TokenFile;
import io.hawser.app.config.ConfigException;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.ConfigSource;
import io.hawser.app.config.Configuration;
import io.hawser.app.config.HubConfig;
import io.hawser.app.hub.Hub;
import io.hawser.app.hub.Reload;
import io.hawser.app.log.HubLog;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.store.StoreException;
import io.hawser.net.CannotListenException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hawser serve}: runs a hub until Ctrl-C. */
@Command(
        name = "serve",
        description = "Run a hub until Ctrl-C.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser serve --dev", "  hawser serve -c hawser.conf --data /var/lib/hawser"})
public final class ServeCommand implements Callable<Integer>, ConfigSource {
    private final Terminal terminal;

    @Option(names = "--dev", description = "For one machine: every protocol on loopback, no users.")
    private boolean development;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Settings, as hawser.conf; environment variables HAWSER_A__B go above it.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder that durables stay in; without it they live as long as the hub.")
    private @Nullable Path data;

    private final DevelopmentHub own;

    /** The command on {@code terminal}. */
    public ServeCommand(Terminal terminal) {
        this.terminal = terminal;
        this.own = new DevelopmentHub(terminal);
    }

    @Override
    public Integer call() {
        Configuration first = read();
        HubLog.begin(first.hub().log());
        taken(first);
        try (Shutdown shutdown = new Shutdown(first.hub().drain())) {
            run(first, shutdown);
            terminal.say("hawser serve: stopped, as it was told to");
            shutdown.endsWith(Exit.OK);
        } catch (StoreException broken) {
            throw new Failure(Exit.FAILED, String.valueOf(broken.getMessage()), broken);
        } catch (CannotListenException taken) {
            throw new Failure(
                    Exit.FAILED,
                    taken.getMessage()
                            + " (hawser.eftl.port, hawser.clever.port, hawser.iot.port, hawser.admin.port, or"
                            + " HAWSER_EFTL__PORT=9192)",
                    taken);
        }
        return Exit.OK.code();
    }

    @Override
    public void taken(Configuration now) {
        if (LoggerFactory.getLogger("io.hawser") instanceof Logger log) {
            log.setLevel(Level.toLevel(now.logs().name()));
        }
    }

    private void run(Configuration first, Shutdown shutdown) {
        HubConfig hubConfig = first.hub();
        try (Hub hub = Hub.start(first, this)) {
            hub.failure().thenRun(shutdown::ask);
            hub.drain().done().thenRun(shutdown::ask);
            Signals.register("HUP", () -> reload(hub));
            Optional<TokenFile> left = own.leaveToken(hub, hubConfig);
            ready(hub, hubConfig);
            shutdown.await(Shutdown.NEVER);
            left.ifPresent(TokenFile::delete);
            if (hub.failure().isDone()) {
                throw hub.failure().join();
            }
            hub.drain().begin().join();
        }
    }

    /** What is wrong is in the log. */
    private static void reload(Hub hub) {
        try {
            Reload.Outcome unused = hub.reload().run();
        } catch (ConfigException wrong) {
            LoggerFactory.getLogger(ServeCommand.class).warn("SIGHUP has changed nothing");
        }
    }

    @Override
    public Configuration read() {
        if (!development && config == null) {
            throw new Failure(Exit.USAGE, "say --dev for a hub on this machine alone, or -c FILE for one of your own");
        }
        ConfigReader reader = new ConfigReader(terminal.environment());
        if (development) {
            own.tell(reader);
            letDevicesIn(reader);
        }
        if (config != null) {
            reader.file(config);
        }
        if (data != null) {
            reader.flag("--data", "data", data.toString());
        }
        return reader.readAll();
    }

    private void letDevicesIn(ConfigReader reader) {
        try {
            own.folder().ifPresent(folder -> own.letDevicesIn(reader, folder));
        } catch (UncheckedIOException | IllegalArgumentException unusable) {
            terminal.insist("no devices are let in, for the hub has no certificate: " + unusable.getMessage());
        }
    }

    private void ready(Hub hub, HubConfig hubConfig) {
        Instant now = terminal.clock().instant();
        Duration start =
                Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
        terminal.print(String.format(
                Locale.ROOT,
                "%s ready in %.1f s   store: %s",
                Version.text(),
                start.toMillis() / 1000.0,
                hubConfig.place()));
        StringBuilder addresses = new StringBuilder("eftl " + hub.eftlUrl());
        hubConfig.ivy().forEach(bus -> addresses.append("   ivy ").append(bus.bus()));
        hub.cleverAddress().ifPresent(at -> addresses
                .append("   clever tcp://")
                .append(at.getAddress().getHostAddress())
                .append(':')
                .append(at.getPort()));
        hub.iotUrl().ifPresent(url -> addresses.append("   iot ").append(url));
        terminal.print(addresses.toString());
        hub.adminUrl()
                .ifPresent(url -> terminal.print("console " + url + "/"
                        + (own.holds(hubConfig) ? "?token=" + own.token() : "") + "   metrics " + url + "/metrics"));
    }
}

package io.hawser.app.config;

import io.hawser.iot.gateway.IotSettings;
import io.hawser.iot.gateway.storage.StorageLimits;
import io.hawser.iot.registry.RegistryLimits;
import io.hawser.iot.registry.command.CommandLimits;
import io.hawser.iot.registry.history.HistoryLimits;
import io.hawser.net.tls.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads the section {@code iot}: where devices of Oracle IoT Cloud Service connect, and what they may do. */
final class IotSection {
    private static final Duration DAY = Duration.ofDays(1);

    private final Settings iot;

    IotSection(Settings iot) {
        this.iot = iot;
    }

    /** What the hub is for devices; empty if it shall be nothing. */
    Optional<IotSettings> read() {
        if (!iot.yes("enabled")) {
            return Optional.empty();
        }
        Optional<TlsIdentity> tls = new TlsSection(iot.section("tls")).read();
        if (tls.isEmpty()) {
            iot.problem(
                    "enabled",
                    "needs to know who the hub is, in " + iot.path("tls") + ": devices speak HTTPS alone;"
                            + " hawser init makes a certificate");
            return Optional.empty();
        }
        return Optional.of(new IotSettings(
                iot.text("host"),
                iot.count("port", 0, 65_535),
                tls.get(),
                url(),
                trust(),
                iot.duration("token-life", Duration.ofSeconds(10), Duration.ofDays(20)),
                iot.duration("poll-hold", Duration.ZERO, Duration.ofHours(1)),
                iot.duration("answer-timeout", Duration.ofMillis(100), DAY),
                iot.duration("command-expiry", Duration.ofSeconds(1), Duration.ofDays(365)),
                iot.duration("silence", Duration.ofSeconds(1), DAY),
                (int) iot.bytes("max-body", 64L << 10, 64L << 20),
                iot.count("max-batch", 1, 100_000),
                iot.count("message-rate", 0, 1_000_000),
                files(),
                registry(iot.section("registry"))));
    }

    private static RegistryLimits registry(Settings registry) {
        RegistryLimits most = RegistryLimits.DEFAULT;
        return new RegistryLimits(
                registry.count("devices", 1, 10_000_000),
                registry.count("applications", 1, 100_000),
                registry.count("integrations", 1, 100_000),
                registry.count("models", 1, 100_000),
                (int) registry.bytes("max-model", 1L << 10, 16L << 20),
                most.idLength(),
                most.textLength(),
                most.entries(),
                commands(registry.section("commands")),
                history(registry.section("history")));
    }

    private static CommandLimits commands(Settings commands) {
        CommandLimits most = CommandLimits.DEFAULT;
        return new CommandLimits(
                most.bytes(),
                commands.count("queue", 1, 100_000),
                commands.bytes("queue-bytes", 4_188, 1L << 30),
                commands.count("total", 1, 100_000_000),
                commands.count("ended", 0, 1_000_000),
                commands.duration("keep", Duration.ofSeconds(1), Duration.ofDays(3_660)),
                most.patience());
    }

    private static HistoryLimits history(Settings history) {
        HistoryLimits most = HistoryLimits.DEFAULT;
        return new HistoryLimits(
                most.messageBytes(),
                history.count("messages", 1, 10_000_000),
                history.duration("keep", Duration.ofSeconds(1), Duration.ofDays(3_660)),
                history.count("calls", 1, 1_000_000_000),
                history.bytes("bytes", 1L << 20, 1L << 50),
                most.ids(),
                history.count("attributes", 1, 100_000));
    }

    private StorageLimits files() {
        Settings files = iot.section("files");
        return new StorageLimits(
                files.bytes("max-file", 1, 1L << 40),
                files.bytes("max-bytes", 1, 1L << 50),
                files.count("max-files", 1, 100_000),
                files.count("max-transfers", 1, 1_000));
    }

    private Optional<String> url() {
        Optional<String> url = iot.textIfAny("url");
        if (url.isPresent() && !url.get().matches("https://([^/:?#\\s]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?")) {
            iot.problem("url", "must be https://HOST or https://HOST:PORT, and nothing behind it");
        }
        return url;
    }

    private Optional<Path> trust() {
        Optional<Path> file = iot.textIfAny("trust").map(Path::of);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            iot.problem("trust", "must be a file of certificates that can be read");
        }
        return file;
    }
}

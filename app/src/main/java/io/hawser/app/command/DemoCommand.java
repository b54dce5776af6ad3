package io.hawser.app.command;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.HubConfig;
import io.hawser.app.demo.Demo;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.net.CannotListenException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code hawser demo}: a hub, a flight on Ivy and an operator on eFTL in one process. */
@Command(
        name = "demo",
        description = "Start a hub on loopback and show messages crossing between Ivy and eFTL, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Time.class,
            description = "End after this time, such as 5s or 2m, with the counts of both directions.")
    private @Nullable Duration time;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The hub's eFTL port, 0 for any free one. Default: 9191.")
    private @Nullable Integer port;

    @Option(names = "--bus", paramLabel = "BUS", description = "The Ivy bus. Default: 127.255.255.255:2010.")
    private @Nullable String bus;

    /** The command on {@code terminal}. */
    public DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The command with those below it. */
    public static CommandLine line(Terminal terminal) {
        return new CommandLine(new DemoCommand(terminal)).addSubcommand(new DemoFleetCommand(terminal));
    }

    @Override
    public Integer call() {
        HubConfig config = configuration();
        String domain = config.ivy().get(0).bus();
        try (Shutdown shutdown = new Shutdown();
                Hub hub = Hub.start(config);
                Demo demo = new Demo(hub.eftlUrl(), domain, terminal::print)) {
            terminal.say("hub on " + hub.eftlUrl() + " and Ivy " + domain + ", flight SIM_7 is in the air"
                    + (time == null ? "; Ctrl-C ends it" : ""));
            shutdown.await(time == null ? Shutdown.NEVER : time);
            demo.settle();
            terminal.print(demo.tally().toString());
            demo.tally().missing().ifPresent(missing -> {
                throw new Failure(Exit.FAILED, missing);
            });
        } catch (CannotListenException taken) {
            throw new Failure(Exit.FAILED, taken.getMessage() + " (--port)", taken);
        }
        return Exit.OK.code();
    }

    private HubConfig configuration() {
        ConfigReader reader = new ConfigReader(terminal.environment())
                .development()
                .flag("hawser demo", "clever.enabled", false)
                .flag("hawser demo", "ivy.local.patterns", List.of(Demo.PATTERN));
        if (port != null) {
            reader.flag("--port", "eftl.port", port);
        }
        if (bus != null) {
            reader.flag("--bus", "ivy.local.bus", bus);
        }
        return reader.read();
    }

    /** Reads {@code 500ms}, {@code 5s}, {@code 2m} or {@code 1h}. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            String number = text.replaceFirst("(ms|s|m|h)$", "");
            if (!number.matches("[1-9]\\d{0,8}") || number.length() == text.length()) {
                throw new TypeConversionException("'" + text + "' is no time; say for example 5s or 2m");
            }
            long count = Long.parseLong(number);
            return switch (text.substring(number.length())) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
        }
    }
}

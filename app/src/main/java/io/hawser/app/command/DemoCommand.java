package io.hawser.app.command;

import io.hawser.app.address.HubOptions;
import io.hawser.app.admin.TokenFile;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.HubConfig;
import io.hawser.app.demo.Demo;
import io.hawser.app.demo.DemoFolder;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.LinkException;
import io.hawser.net.CannotListenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code hawser demo}: a hub and a party of each protocol in one process. */
@Command(
        name = "demo",
        description =
                "Start a hub on loopback with a flight on Ivy, an operator on eFTL, copters and a device, and show what crosses"
                        + " from one to another, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser demo"})
public final class DemoCommand implements Callable<Integer> {
    /** What a story without an end needs for a step, so that people can follow. */
    private static final Duration PACE = Duration.ofSeconds(1);

    private static final String ADMIN = "http://127.0.0.1:9190";
    private static final String PAGE =
            "   a web page: python3 -m http.server -d examples 8000, then" + " http://localhost:8000/demo.html";

    private final Terminal terminal;
    private final DevelopmentHub own;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Time.class,
            description = "End after this time, such as 5s or 2m; with 1 if nothing came across somewhere.")
    private @Nullable Duration time;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The hub's eFTL port; 0: free ones for all protocols. Default: 9191.")
    private @Nullable Integer port;

    @Option(names = "--bus", paramLabel = "BUS", description = "The Ivy bus. Default: 127.255.255.255:2010.")
    private @Nullable String bus;

    /** The command on {@code terminal}. */
    public DemoCommand(Terminal terminal) {
        this.terminal = terminal;
        this.own = new DevelopmentHub(terminal);
    }

    /** The command with those below it. */
    public static CommandLine line(Terminal terminal) {
        return new CommandLine(new DemoCommand(terminal)).addSubcommand(new DemoFleetCommand(terminal));
    }

    @Override
    public Integer call() {
        try (Shutdown shutdown = new Shutdown();
                DemoFolder folder = DemoFolder.make()) {
            HubConfig config = configuration(folder.path());
            try (Hub hub = Hub.start(config)) {
                Optional<TokenFile> left = own.leaveToken(hub, config);
                try {
                    show(hub, config, folder.path(), shutdown);
                } finally {
                    left.ifPresent(TokenFile::delete);
                }
            }
        } catch (CannotListenException taken) {
            throw new Failure(Exit.FAILED, taken.getMessage() + " (--port; 0 takes free ones for all)", taken);
        } catch (IOException | UncheckedIOException unusable) {
            throw new Failure(Exit.FAILED, String.valueOf(unusable.getMessage()), unusable);
        }
        return Exit.OK.code();
    }

    private void show(Hub hub, HubConfig config, Path folder, Shutdown shutdown) throws IOException {
        String bus = config.ivy().get(0).bus();
        introduce(hub, config, bus);
        try (Demo demo = new Demo(hub, bus, folder, terminal.clock(), terminal::print)) {
            demo.play(time == null ? PACE : pace(time));
            boolean stopped = shutdown.asked(time == null ? Shutdown.NEVER : time);
            demo.settle();
            demo.tally().rows().forEach(terminal::print);
            judge(demo.tally().missing(), stopped, shutdown);
        } catch (LinkException | AssetsException refused) {
            throw new Failure(Exit.FAILED, "the device could not join: " + refused.getMessage(), refused);
        }
    }

    /** Whoever stops it early has not seen all of the story, and that is no failure. */
    private void judge(List<String> missing, boolean stopped, Shutdown shutdown) {
        String words = "nothing came across: " + String.join(", ", missing);
        if (!missing.isEmpty() && !stopped) {
            throw new Failure(Exit.FAILED, words);
        }
        if (!missing.isEmpty()) {
            terminal.say(words);
        }
        shutdown.endsWith(Exit.OK);
    }

    /** The whole story, and a bit of time beyond it, fits into {@code whole}. */
    private static Duration pace(Duration whole) {
        long millis = whole.dividedBy(Demo.STEPS + 2).toMillis();
        return Duration.ofMillis(Math.max(1, Math.min(millis, PACE.toMillis())));
    }

    private void introduce(Hub hub, HubConfig config, String bus) {
        terminal.say("one hub   eFTL " + hub.eftlUrl() + "   Ivy " + bus + "   copters "
                + hub.cleverAddress().map(at -> "127.0.0.1:" + at.getPort()).orElse("-") + "   devices "
                + hub.iotUrl().orElse("-") + "   admin " + hub.adminUrl().orElse("-"));
        String to = hub.eftlUrl().equals(HubOptions.SERVER) ? "" : " -s " + hub.eftlUrl();
        String admin = hub.adminUrl()
                .filter(url -> !url.equals(ADMIN))
                .map(url -> " --admin " + url)
                .orElse("");
        hub.adminUrl()
                .filter(url -> own.holds(config))
                .ifPresent(url -> terminal.say("look at it in a browser: " + url + "/?token=" + own.token()));
        terminal.say("or from another terminal:");
        terminal.say("   hawser sub" + to + " '>'");
        terminal.say("   hawser fleet ls" + admin);
        terminal.say("   hawser device ls" + admin);
        terminal.say("   hawser pub" + to + " demo/cmd 'text=CMD 7 heading 180'");
        if (to.isEmpty()) {
            terminal.say(PAGE);
        }
        terminal.say(time == null ? "Ctrl-C ends it" : "it ends by itself");
    }

    private HubConfig configuration(Path folder) {
        ConfigReader reader = Demo.told(own.tell(new ConfigReader(terminal.environment())));
        try {
            own.letDevicesIn(reader, own.folder().orElse(folder));
        } catch (IllegalArgumentException damaged) {
            throw new Failure(Exit.FAILED, String.valueOf(damaged.getMessage()), damaged);
        }
        if (port != null) {
            reader.flag("--port", "eftl.port", port);
            if (port == 0) {
                List.of("admin", "clever", "iot").forEach(each -> reader.flag("--port", each + ".port", port));
            }
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

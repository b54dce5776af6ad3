package io.hawser.app.operate.check;

import io.hawser.app.address.HubOptions;
import io.hawser.app.command.HubLink;
import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.operate.check.Verdict.Form;
import io.hawser.app.operate.check.Verdict.Level;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser check}: looks whether something of a hub is well, for Nagios, Prometheus and scripts. */
@Command(
        name = "check",
        description =
                "Look whether something of a hub is well. Ends as Nagios plugins do: 0 ok, 1 warning, 2 critical, 3"
                        + " unknown.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {
            "",
            "  hawser check connection --warn 100 --crit 1000",
            "  hawser check durable alarms --warn 1000 --crit 100000",
            "  hawser check kv settings speed -o json",
            "  hawser check disk -o prometheus"
        })
public final class CheckCommand {
    private static final double NANOS_A_MILLI = 1e6;

    private final Terminal terminal;

    /** The command on {@code terminal}. */
    public CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** How it is told. */
    static final class Telling {
        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                description = "nagios, prometheus or json. Default: nagios.")
        private Form form = Form.NAGIOS;
    }

    /** From when on it is bad. */
    static final class Limits {
        @Option(names = "--warn", paramLabel = "N", description = "A warning from here on. Default: never.")
        private double warning = Double.MAX_VALUE;

        @Option(names = "--crit", paramLabel = "N", description = "Critical from here on. Default: never.")
        private double critical = Double.MAX_VALUE;
    }

    /** Which hub, how it is told. */
    static final class Asking {
        @ArgGroup(validate = false, heading = HubOptions.HEADING)
        private HubOptions hub = new HubOptions();

        @Mixin
        private Telling telling = new Telling();
    }

    @Command(
            name = "connection",
            description = "Whether one can log in and publish by eFTL, and how many milliseconds a login takes.",
            mixinStandardHelpOptions = true)
    Integer connection(@Mixin HubLink link, @Mixin Telling telling, @Mixin Limits limits) {
        return tell(telling, "connection", () -> {
            long begun = System.nanoTime();
            try (EftlConnection connection = link.connect(terminal)) {
                double millis = Math.round((System.nanoTime() - begun) / NANOS_A_MILLI * 10) / 10.0;
                Verdict verdict = Verdict.above("connection", "login_ms", millis, limits.warning, limits.critical);
                return connection.isConnected()
                        ? verdict
                        : new Verdict("connection", Level.CRITICAL, "the hub ended the connection", Map.of());
            }
        });
    }

    @Command(
            name = "durable",
            description = "Whether a durable is there, and how many messages it keeps.",
            mixinStandardHelpOptions = true)
    Integer durable(
            @Parameters(paramLabel = "NAME", description = "The durable.") String name,
            @Mixin Asking asking,
            @Mixin Limits limits) {
        return ask(asking, "durable", hub -> {
            Fields row = hub.get(AdminCaller.path(List.of("durables", name), Map.of()));
            double messages = row.find("messages") instanceof Value.Int count ? count.value() : 0;
            return Verdict.above("durable", "messages", messages, limits.warning, limits.critical);
        });
    }

    @Command(
            name = "device",
            description = "Whether a device of Oracle IoT CS is online; a warning if not.",
            mixinStandardHelpOptions = true)
    Integer device(
            @Parameters(paramLabel = "DEVICE", description = "Its hardware id, or its endpoint id.") String device,
            @Mixin Asking asking) {
        return ask(asking, "device", hub -> {
            Fields row = hub.get(AdminCaller.path(List.of("devices", device), Map.of()));
            boolean online = Value.Bool.of(true).equals(row.find("online"));
            return new Verdict(
                    "device",
                    online ? Level.OK : Level.WARNING,
                    device + (online ? " is online" : " is not online"),
                    Map.of("online", online ? 1.0 : 0.0));
        });
    }

    @Command(name = "kv", description = "Whether a key of a map is there.", mixinStandardHelpOptions = true)
    Integer kv(
            @Parameters(index = "0", paramLabel = "MAP", description = "The map.") String map,
            @Parameters(index = "1", paramLabel = "KEY", description = "The key.") String key,
            @Mixin Asking asking) {
        return ask(asking, "kv", hub -> {
            hub.get(AdminCaller.path(List.of("kv", map, key), Map.of()));
            return new Verdict("kv", Level.OK, map + "/" + key + " is there", Map.of());
        });
    }

    @Command(
            name = "disk",
            description = "Whether the hub is ready: its store takes what is new, and its disk has room.",
            mixinStandardHelpOptions = true)
    Integer disk(@Mixin Asking asking) {
        return ask(asking, "disk", hub -> {
            hub.get("/healthz/ready");
            return new Verdict("disk", Level.OK, "the hub is ready", Map.of());
        });
    }

    private Integer ask(Asking asking, String check, Function<AdminCaller, Verdict> question) {
        return tell(asking.telling, check, () -> {
            try (AdminCaller hub = AdminLink.open(asking.hub, terminal)) {
                return question.apply(hub);
            }
        });
    }

    /** What is not there or does not answer is critical; what was not allowed to be asked is unknown. */
    private Integer tell(Telling telling, String check, Supplier<Verdict> question) {
        Verdict verdict;
        try {
            verdict = question.get();
        } catch (Failure failed) {
            boolean unasked = failed.exit() == Exit.USAGE || failed.exit() == Exit.DENIED;
            verdict = new Verdict(
                    check, unasked ? Level.UNKNOWN : Level.CRITICAL, String.valueOf(failed.getMessage()), Map.of());
        }
        telling.form.lines(verdict).forEach(terminal::print);
        return verdict.level().code();
    }
}

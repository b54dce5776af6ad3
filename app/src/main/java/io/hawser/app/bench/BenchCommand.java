package io.hawser.app.bench;

import io.hawser.app.command.HubLink;
import io.hawser.app.command.Serial;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Screen;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.TimeSpan;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.RowFormat;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser bench}: how much a hub does in a second, and how long each takes. */
@Command(
        name = "bench",
        description = "Put load on a hub, and print how much it did in a second and how long each took.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "pub: until the hub acknowledges; sub: until the one client that listens to that topic hears it; fanout: until each of",
            "--clients hears it; req: until the answer is there; durable, kv: until it is on the hub's disk; file: until the hub has it.",
            "Agents and copters hear of no acknowledgement: their pub is over when an eFTL client of the hub has heard it.",
            "With --rate each counts from when it was due, even if the hub was not ready for it (corrected=true); without it the",
            "next begins when an earlier one has ended, so that a hub which stands still is seen by few.",
            "Ends with 1 if some failed or did not end in time, with 5 if none did.",
            "  hawser bench pub --clients 4 --msgs 100000",
            "  hawser bench fanout --clients 100 --rate 500 --duration 30s -o json",
            "  hawser bench durable --size 256 --csv runs.csv",
            "  hawser bench req --rate 1000 --duration 10s",
            "  hawser bench pub --proto ivy --bus 127.255.255.255:2010"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final String BUS = "127.255.255.255:2010";
    private static final String FLEET = "127.0.0.1:25000";
    private static final long USUAL = 10_000;
    private static final int MOST_CLIENTS = 10_000;
    private static final int LARGEST = 64 << 20;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "WHAT", description = "pub, sub, req, fanout, durable, kv or file.")
    private Verb verb = Verb.PUB;

    /** Who speaks with the hub. */
    enum Proto {
        EFTL,
        IVY,
        CLEVER,
        /** A device must have been activated; a load would make devices that stay. */
        IOT;

        Set<Verb> verbs() {
            return switch (this) {
                case EFTL -> EnumSet.allOf(Verb.class);
                case IVY -> EnumSet.of(Verb.PUB);
                case CLEVER -> EnumSet.of(Verb.PUB, Verb.REQ);
                case IOT -> EnumSet.noneOf(Verb.class);
            };
        }
    }

    @Option(
            names = "--proto",
            paramLabel = "PROTOCOL",
            description = "eftl, which does all of it; ivy: pub; clever: pub and req.")
    private Proto proto = Proto.EFTL;

    @Option(names = "--clients", paramLabel = "N", description = "So many at once. Default: 1.")
    private int clients = 1;

    @Option(
            names = "--msgs",
            paramLabel = "N",
            description = "So many in all. Default: 10000; with --duration, what fits.")
    private @Nullable Long messages;

    @Option(names = "--size", paramLabel = "BYTES", description = "About so many bytes each. Default: 128.")
    private int size = 128;

    @Option(names = "--rate", paramLabel = "N", description = "So many a second. Default: as fast as the hub answers.")
    private double rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "Begin nothing after this time.")
    private @Nullable Duration duration;

    @Option(
            names = "--bus",
            paramLabel = "DOMAIN",
            description = "Of ivy, the bus that the hub is on. Default: " + BUS + ".")
    private String bus = BUS;

    @Option(
            names = "--fleet",
            paramLabel = "ADDRESS",
            description = "Of clever, where the hub's copters connect. Default: " + FLEET + ".")
    private String fleet = FLEET;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also add a line to this file.")
    private @Nullable Path csv;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text, json (one object a line), raw (values between tabs) or csv.")
    private RowFormat output = RowFormat.TEXT;

    @Mixin
    private HubLink link = new HubLink();

    /** The command on {@code terminal}. */
    public BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        BenchPlan plan = plan();
        Measure measure;
        Fields row;
        try (Shutdown shutdown = new Shutdown();
                Serial clock = new Serial("hawser-bench")) {
            byte[] secret = new byte[4];
            new SecureRandom().nextBytes(secret);
            String name = HexFormat.of().formatHex(secret);
            measure = new Measure(plan.ahead(verb));
            try (Load load = load(plan, measure, name)) {
                Run run = new Run(plan, measure, load);
                if (Screen.width(terminal, SystemOutput.SysErr).isPresent()) {
                    clock.everySecond(() -> link.say(terminal, run.progress()));
                }
                run.through(shutdown);
                row = row(run);
            }
        }
        tell(row);
        return ended(measure, row);
    }

    private BenchPlan plan() {
        if (!proto.verbs().contains(verb)) {
            throw new Failure(Exit.USAGE, "--proto " + word(proto) + " cannot " + word(verb) + "; " + possible());
        }
        if (clients < 1 || clients > MOST_CLIENTS || size < 0 || size > LARGEST || !(rate >= 0)) {
            throw new Failure(
                    Exit.USAGE,
                    "--clients must be 1 to " + MOST_CLIENTS + ", --size 0 to " + LARGEST + ", --rate above 0");
        }
        if (messages != null && messages < 1) {
            throw new Failure(Exit.USAGE, "--msgs must be 1 or more");
        }
        long most = messages != null ? messages : duration == null ? USUAL : Long.MAX_VALUE;
        Duration end = duration == null ? Shutdown.NEVER : duration;
        return new BenchPlan(clients, most, size, rate, end, link.patience(terminal));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String possible() {
        return Stream.of(Proto.values())
                .filter(each -> !each.verbs().isEmpty())
                .map(each -> word(each) + " can "
                        + each.verbs().stream().map(BenchCommand::word).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private Load load(BenchPlan plan, Measure measure, String run) {
        if (verb == Verb.FILE) {
            return new FileLoad(plan, measure, () -> AdminLink.open(link.hub(), terminal), run);
        }
        return switch (proto) {
            case IVY -> new IvyLoad(plan, measure, link.connect(terminal), bus, run);
            case CLEVER -> new CleverLoad(plan, measure, link.connect(terminal), fleet, run, verb == Verb.REQ);
            case EFTL, IOT -> new EftlLoads(plan, measure, () -> link.connect(terminal), "bench/" + run).of(verb);
        };
    }

    private Fields row(Run run) {
        Fields.Builder row = Fields.builder()
                .put("bench", word(verb))
                .put("proto", word(proto))
                .put("clients", clients)
                .put("size", size)
                .put("rate", rate);
        Fields times = run.row();
        for (int i = 0; i < times.size(); i++) {
            row.put(times.name(i), times.value(i));
        }
        return row.build();
    }

    private void tell(Fields row) {
        output.lines(List.of(row)).forEach(terminal::print);
        if (csv == null) {
            return;
        }
        try {
            List<String> lines = RowFormat.CSV.lines(List.of(row));
            boolean fresh = Files.notExists(csv) || Files.size(csv) == 0;
            Files.write(csv, fresh ? lines : lines.subList(1, 2), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new Failure(Exit.FAILED, "cannot write " + csv + ": " + unwritable.getMessage(), unwritable);
        }
    }

    private static Integer ended(Measure measure, Fields row) {
        String why = measure.trouble().isEmpty() ? "" : "; the first: " + measure.trouble();
        if (measure.done() == 0) {
            throw new Failure(
                    measure.failed() > 0 ? Exit.FAILED : Exit.TIMEOUT,
                    measure.failed() > 0 ? "all failed" + why : "nothing ended in time");
        }
        boolean lost = !Value.of(0).equals(row.find("lost"));
        if (measure.failed() > 0 || lost) {
            throw new Failure(Exit.FAILED, "some failed or did not end in time" + why);
        }
        return Exit.OK.code();
    }
}

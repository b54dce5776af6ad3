package io.hawser.app.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.command.BodyOption;
import io.hawser.app.command.HubLink;
import io.hawser.app.command.HubMessage;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.TimeSpan;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.RowFormat;
import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser pub}: publishes messages. */
@Command(
        name = "pub",
        description = "Publish a message, or many, and say how many received it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "  hawser pub robot/7 'x=1.5 text=hello'",
            "  hawser pub robot/7 --json '{\"pose\":{\"x\":1.5}}'",
            "  hawser pub 'robot/{{random 1 9}}' 'n={{count}} at={{time}}' --templates --count 100 --rate 20",
            "  tail -f flight.log | hawser pub log/flight --send-on newline",
            "  hawser pub alarms/fire 'level=3' --durable"
        })
public final class PubCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final BodyTemplate template = new BodyTemplate(new SecureRandom());

    @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to, such as robot/7/pose.")
    private String topic = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "BODY", description = BodyOption.DESCRIPTION)
    private @Nullable String body;

    @Mixin
    private BodyOption form = new BodyOption();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The body is what this file holds.")
    private @Nullable Path file;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME:VALUE",
            description = "A field more, a string; may be said again.")
    private List<String> headers = List.of();

    @Option(names = "--count", paramLabel = "N", description = "Publish it N times.")
    private long count = 1;

    @Option(
            names = "--sleep",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "Wait so long after each.")
    private Duration sleep = Duration.ZERO;

    @Option(names = "--rate", paramLabel = "N", description = "So many a second at most.")
    private double rate;

    @Option(
            names = "--templates",
            description = "Fill in {{count}}, {{time}}, {{unix}}, {{id}} and {{random LEAST MOST}}, in the topic too.")
    private boolean templates;

    /** When what is piped in is a message. */
    enum SendOn {
        EOF,
        NEWLINE
    }

    @Option(
            names = "--send-on",
            paramLabel = "WHEN",
            description =
                    "eof: all that is piped in is one message;" + " newline: each line is one, at once. Default: eof.")
    private SendOn sendOn = SendOn.EOF;

    @Option(
            names = "--durable",
            description =
                    "Say how long the hub took to acknowledge, which it does when every durable that wants it has it"
                            + " safe on disk.")
    private boolean durable;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Print a row a message: json, csv or raw. Else only stderr tells.")
    private RowFormat output = RowFormat.TEXT;

    @Mixin
    private HubLink link = new HubLink();

    /** The command on {@code terminal}. */
    public PubCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (count < 1 || rate < 0) {
            throw new Failure(Exit.USAGE, "--count must be 1 or more, --rate above 0");
        }
        String text = sendOn == SendOn.EOF ? text() : "";
        if (!templates) {
            HubMessage.requireTopic(topic);
        }
        if (sendOn == SendOn.EOF) {
            fields(text, 1);
        }
        boolean each = count == 1 || !sleep.isZero() || durable || output != RowFormat.TEXT;
        long begun = System.nanoTime();
        try (Shutdown shutdown = new Shutdown();
                EftlConnection connection = link.connect(terminal)) {
            Publishing publishing = new Publishing(connection, link.patience(terminal), each, this::tell);
            Iterator<String> bodies = sendOn == SendOn.EOF ? repeated(text) : lines();
            boolean stopped = false;
            for (long n = 1; !stopped && bodies.hasNext(); n++) {
                Fields fields = fields(bodies.next(), n);
                String to = filled(topic, n);
                HubMessage.requireTopic(to);
                publishing.publish(to, fields);
                stopped = bodies.hasNext() && shutdown.asked(pause(begun, n));
            }
            publishing.finish();
            if (!each) {
                link.say(terminal, publishing.summary());
            }
        }
        return Exit.OK.code();
    }

    private void tell(Publishing.Published one) {
        link.say(
                terminal,
                "published " + one.bytes() + " bytes → " + Publishing.counted(one.receivers(), "receiver")
                        + (durable ? String.format(Locale.ROOT, ", acknowledged after %.1f ms", one.millis()) : ""));
        if (output != RowFormat.TEXT) {
            output.lines(List.of(one.row())).forEach(terminal::print);
        }
    }

    /** The body that was said, read or piped in. */
    private String text() {
        if (file == null) {
            return body != null ? body : BodyOption.input(terminal);
        }
        if (body != null) {
            throw new Failure(Exit.USAGE, "either BODY or --file");
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new Failure(Exit.NOT_FOUND, "there is no file " + file, missing);
        } catch (IOException unreadable) {
            throw new Failure(Exit.FAILED, "cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private Iterator<String> repeated(String text) {
        return LongStream.rangeClosed(1, count).mapToObj(n -> text).iterator();
    }

    private Iterator<String> lines() {
        if (body != null || file != null || count != 1) {
            throw new Failure(Exit.USAGE, "--send-on newline publishes what is piped in, once");
        }
        return new BufferedReader(new InputStreamReader(terminal.in(), UTF_8))
                .lines()
                .iterator();
    }

    private Fields fields(String text, long n) {
        Fields.Builder fields = form.read(filled(text, n)).toBuilder();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1 || header.startsWith("_")) {
                throw new Failure(
                        Exit.USAGE, "-H must be NAME:VALUE, and no name begins with '_'; not '" + header + "'");
            }
            fields.put(header.substring(0, colon), filled(header.substring(colon + 1), n));
        }
        return fields.build();
    }

    private String filled(String text, long n) {
        return templates ? template.fill(text, n, terminal.clock().instant()) : text;
    }

    private Duration pause(long begun, long n) {
        long due = rate > 0 ? (long) (n / rate * 1e9) - (System.nanoTime() - begun) : 0;
        return sleep.plusNanos(Math.max(0, due));
    }
}

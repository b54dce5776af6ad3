package io.hawser.app.listen;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Screen;
import io.hawser.app.terminal.Shell;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.Event;
import io.hawser.app.text.EventFormat;
import io.hawser.app.text.EventTemplate;
import io.hawser.app.text.JsonText;
import io.hawser.app.text.RowFormat;
import io.hawser.app.text.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is done with the messages that come. */
public final class DisplayOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description =
                    "text, json (one object a line), raw (the text alone) or csv. Control characters are escaped.")
    private EventFormat format = EventFormat.TEXT;

    @Option(
            names = {"-r", "--raw"},
            description = "As -o raw.")
    private boolean raw;

    @Option(
            names = {"-F", "--format"},
            paramLabel = "FORMAT",
            description =
                    "A line of your own: %%t topic, %%s source, %%p text or fields, %%x the same in hex, %%j JSON,"
                            + " %%c number, %%i time, %%b bytes, %%{name} a field, \\t, \\n.")
    private @Nullable String template;

    @Option(
            names = {"-t", "--timestamp"},
            description = "The date too, in UTC.")
    private boolean stamped;

    @Option(
            names = {"-d", "--delta"},
            description = "In place of the time, how long after the message before.")
    private boolean delta;

    @Option(names = "--headers-only", description = "All but the fields.")
    private boolean headersOnly;

    @Option(names = "--topics-only", description = "The topic alone.")
    private boolean topicsOnly;

    @Option(
            names = "--translate",
            paramLabel = "CMD",
            description = "Run this in a shell for each; the message is its input as JSON, print what it prints.")
    private @Nullable String translate;

    @Option(names = "--rate", description = "Print every second how many messages and bytes came.")
    private boolean rate;

    @Option(
            names = {"-w", "--watch"},
            description = "One line a topic, its newest message, every second.")
    private boolean watch;

    @Option(names = "--report", description = "Print at the end how much came on which topic.")
    private boolean report;

    @Option(names = "--top", paramLabel = "N", description = "So many topics in the report. Default: 10.")
    private int top = 10;

    @Option(names = "--dump", paramLabel = "DIR", description = "Write each message into a file of its own there.")
    private @Nullable Path dump;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the messages into a new CSV file.")
    private @Nullable Path csv;

    /** Made by the command line. */
    public DisplayOptions() {}

    /** Lines in {@code format}. */
    public static DisplayOptions lines(EventFormat format) {
        DisplayOptions lines = new DisplayOptions();
        lines.format = format;
        return lines;
    }

    /** What they say. */
    public Display display(Terminal terminal) {
        long ways = Stream.of(rate, watch, report, dump != null, csv != null)
                .filter(Boolean::booleanValue)
                .count();
        long lines = Stream.of(
                        raw || format != EventFormat.TEXT, template != null, headersOnly, topicsOnly, translate != null)
                .filter(Boolean::booleanValue)
                .count();
        if (ways > 1) {
            throw new Failure(Exit.USAGE, "one of --rate, --watch, --report, --dump and --csv at a time");
        }
        if (top < 1) {
            throw new Failure(Exit.USAGE, "--top must be 1 or more");
        }
        RowFormat rows = RowFormat.valueOf(format.name());
        if (rate) {
            return new Traffic(terminal, rows);
        }
        if (report) {
            return new TopicReport(terminal, rows, top);
        }
        if (dump != null) {
            return new DumpFolder(dump);
        }
        if (csv != null) {
            return new CsvFile(csv);
        }
        if (lines > 1) {
            throw new Failure(Exit.USAGE, "one of -o, -r, -F, --headers-only, --topics-only and --translate at a time");
        }
        if (watch) {
            boolean screen = Screen.width(terminal, SystemOutput.SysOut).isPresent();
            return new TopicBoard(terminal, screen, line(terminal));
        }
        return lines(terminal);
    }

    private Display lines(Terminal terminal) {
        if (translate != null) {
            String shell = translate;
            return new Lines(terminal, event -> translated(shell, event));
        }
        Function<Event, String> line = line(terminal);
        if (format == EventFormat.CSV) {
            return new Lines(
                    terminal,
                    event -> event.number() == 1
                            ? List.of(String.join(",", EventFormat.COLUMNS), line.apply(event))
                            : List.of(line.apply(event)));
        }
        return new Lines(terminal, event -> List.of(line.apply(event)));
    }

    private static List<String> translated(String shell, Event event) {
        try {
            return Shell.run(shell, EventFormat.JSON.line(event, ZoneOffset.UTC))
                    .lines()
                    .map(SafeText::of)
                    .toList();
        } catch (IOException failed) {
            throw new Failure(Exit.FAILED, "--translate: " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private Function<Event, String> line(Terminal terminal) {
        if (template != null) {
            try {
                return EventTemplate.parse(template)::line;
            } catch (IllegalArgumentException wrong) {
                throw new Failure(Exit.USAGE, "-F: " + wrong.getMessage(), wrong);
            }
        }
        if (topicsOnly) {
            return event -> SafeText.of(event.topic());
        }
        EventFormat chosen = raw ? EventFormat.RAW : format;
        if (chosen != EventFormat.TEXT || !(stamped || delta || headersOnly)) {
            return event -> chosen.line(event, terminal.zone());
        }
        Function<Event, String> stamp = delta
                ? new Delta()
                : stamped ? event -> event.time().toString() : event -> EventFormat.timeOfDay(event, terminal.zone());
        return headersOnly
                ? event -> EventFormat.head(event, stamp.apply(event))
                : event -> EventFormat.head(event, stamp.apply(event)) + "  " + JsonText.write(event.fields());
    }
}

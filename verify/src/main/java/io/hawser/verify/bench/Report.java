package io.hawser.verify.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The figures of one run, as a table for people and as JSON. Owner: the benchmark's thread. */
final class Report {
    /** The system that the others are compared with. */
    static final String PEER = "mosquitto";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Load load;
    private final Map<String, String> versions;
    private final List<Row> rows = new ArrayList<>();

    /** A report without figures; {@code versions} names every system that took part. */
    Report(Load load, Map<String, String> versions) {
        this.load = load;
        this.versions = Map.copyOf(versions);
    }

    void add(List<Row> more) {
        rows.addAll(more);
    }

    /** Prints the table. */
    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n%11s  %-28s %12s %12s %12s %8s %8s %10s%n",
                "subscribers",
                "deliveries/s",
                "median",
                "slowest",
                "fastest",
                "ratio",
                "lost",
                "disordered");
        for (Row row : rows) {
            OptionalDouble ratio = ratio(row);
            out.printf(
                    Locale.ROOT,
                    "%11d  %-28s %,12.0f %,12.0f %,12.0f %8s %8d %10d%n",
                    row.subscribers(),
                    row.system(),
                    row.median(),
                    row.slowest(),
                    row.fastest(),
                    ratio.isPresent() ? String.format(Locale.ROOT, "%.2fx", ratio.getAsDouble()) : "-",
                    row.lost(),
                    row.disordered());
        }
        if (!versions.containsKey(PEER)) {
            out.println("mosquitto: not here: apt-get install mosquitto");
        }
    }

    /** Writes the JSON into {@code folder} and returns where. */
    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(
                load.scenario() + "-" + LocalDateTime.now(ZoneOffset.UTC).format(STAMP) + ".json");
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("scenario", load.scenario());
            json.writeNumberField("bytes", load.bytes());
            json.writeNumberField("window", Fleet.WINDOW);
            json.writeNumberField("rounds", load.rounds());
            Machine.write(json, versions);
            json.writeArrayFieldStart("rows");
            for (Row row : rows) {
                write(json, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return file;
    }

    private void write(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("system", row.system());
        json.writeNumberField("subscribers", row.subscribers());
        json.writeNumberField("published", row.published());
        json.writeNumberField("lost", row.lost());
        json.writeNumberField("disordered", row.disordered());
        json.writeNumberField("medianDeliveriesPerSecond", Math.round(row.median()));
        json.writeArrayFieldStart("deliveriesPerSecond");
        for (double rate : row.rates()) {
            json.writeNumber(Math.round(rate));
        }
        json.writeEndArray();
        OptionalDouble ratio = ratio(row);
        if (ratio.isPresent()) {
            json.writeNumberField("ratioToMosquitto", Math.round(ratio.getAsDouble() * 100) / 100.0);
        }
        json.writeEndObject();
    }

    private OptionalDouble ratio(Row row) {
        return rows.stream()
                .filter(peer -> peer.system().equals(PEER)
                        && peer.subscribers() == row.subscribers()
                        && !row.system().equals(PEER))
                .mapToDouble(peer -> row.median() / peer.median())
                .findFirst();
    }
}

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
    static final String MOSQUITTO = "mosquitto";
    static final String NATS = "nats-server";
    static final String NETTY = "Netty WebSocket alone";

    /** The systems that the hub is compared with. */
    private static final List<String> PEERS = List.of(MOSQUITTO, NATS, NETTY);

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
                "%n%11s  %-26s %12s %12s %12s %12s %8s %8s %8s %10s%n",
                "subscribers",
                "deliveries/s",
                "median",
                "slowest",
                "fastest",
                "x mosquitto",
                "x NATS",
                "x Netty",
                "lost",
                "disordered");
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%11d  %-26s %,12.0f %,12.0f %,12.0f %12s %8s %8s %8d %10d%n",
                    row.subscribers(),
                    row.system(),
                    row.median(),
                    row.slowest(),
                    row.fastest(),
                    said(ratio(row, MOSQUITTO)),
                    said(ratio(row, NATS)),
                    said(ratio(row, NETTY)),
                    row.lost(),
                    row.disordered());
        }
        PEERS.stream()
                .filter(peer -> !versions.containsKey(peer))
                .forEach(peer -> out.println(peer + ": not here: apt-get install " + peer));
    }

    private static String said(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.2fx", ratio.getAsDouble()) : "-";
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
        for (String peer : PEERS) {
            OptionalDouble ratio = ratio(row, peer);
            if (ratio.isPresent()) {
                json.writeNumberField("ratio to " + peer, Math.round(ratio.getAsDouble() * 100) / 100.0);
            }
        }
        json.writeEndObject();
    }

    /** Of a row of the hub to that of {@code name}; of a peer's to itself none. */
    private OptionalDouble ratio(Row row, String name) {
        return rows.stream()
                .filter(peer -> peer.system().equals(name)
                        && peer.subscribers() == row.subscribers()
                        && !PEERS.contains(row.system()))
                .mapToDouble(peer -> row.median() / peer.median())
                .findFirst();
    }
}

package io.hawser.verify.bench.store;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hawser.verify.bench.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one run, as a table for people and as JSON. Owner: the benchmark's thread. */
final class StoreReport {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final StoreLoad load;
    private final Map<String, String> versions;
    private final List<Figures> rows = new ArrayList<>();
    private final Map<String, Double> facts = new LinkedHashMap<>();

    StoreReport(StoreLoad load, Map<String, String> versions) {
        this.load = load;
        this.versions = Map.copyOf(versions);
    }

    void add(List<Figures> more) {
        rows.addAll(more);
    }

    /** A figure that nobody else has. */
    void add(String fact, double value) {
        facts.put(fact, value);
    }

    /** Prints the table; the ratio is the hub's engine to the other. */
    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n%-28s %-34s %12s %12s %12s %8s %8s%n",
                "messages/s",
                "",
                "median",
                "slowest",
                "fastest",
                "ratio",
                "CPU us");
        for (Figures row : rows) {
            List<Double> rates = row.rates();
            out.printf(
                    Locale.ROOT,
                    "%-28s %-34s %,12.0f %,12.0f %,12.0f %8s %8.1f%n",
                    row.scenario(),
                    row.system(),
                    row.median(),
                    rates.get(0),
                    rates.get(rates.size() - 1),
                    row.ours() ? "-" : String.format(Locale.ROOT, "%.2fx", ratio(row)),
                    row.processorMicros());
        }
        if (!versions.containsKey("nats-server")) {
            out.println("NATS JetStream: not here: apt-get install nats-server");
        }
        facts.forEach((fact, value) -> out.printf(Locale.ROOT, "%s: %,.1f%n", fact, value));
    }

    /** Writes the JSON into {@code folder} and returns where. */
    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("p3-" + LocalDateTime.now(ZoneOffset.UTC).format(STAMP) + ".json");
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("scenario", "p3");
            json.writeNumberField("bytes", load.bytes());
            json.writeNumberField("window", Contender.WINDOW);
            json.writeNumberField("rounds", load.rounds());
            Machine.write(json, versions);
            json.writeArrayFieldStart("rows");
            for (Figures row : rows) {
                write(json, row);
            }
            json.writeEndArray();
            for (Map.Entry<String, Double> fact : facts.entrySet()) {
                json.writeNumberField(fact.getKey(), fact.getValue());
            }
            json.writeEndObject();
        }
        return file;
    }

    private void write(JsonGenerator json, Figures row) throws IOException {
        json.writeStartObject();
        json.writeStringField("scenario", row.scenario());
        json.writeStringField("system", row.system());
        json.writeNumberField("medianMessagesPerSecond", Math.round(row.median()));
        json.writeNumberField("processorMicrosPerMessage", Math.round(row.processorMicros() * 10) / 10.0);
        json.writeArrayFieldStart("messagesPerSecond");
        for (double rate : row.rates()) {
            json.writeNumber(Math.round(rate));
        }
        json.writeEndArray();
        if (!row.ours()) {
            json.writeNumberField("ratio", Math.round(ratio(row) * 100) / 100.0);
        }
        json.writeEndObject();
    }

    private double ratio(Figures row) {
        return rows.stream()
                .filter(other -> other.ours() && other.scenario().equals(row.scenario()))
                .mapToDouble(other -> other.median() / row.median())
                .findFirst()
                .orElse(Double.NaN);
    }
}

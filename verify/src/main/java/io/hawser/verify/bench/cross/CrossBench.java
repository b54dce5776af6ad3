package io.hawser.verify.bench.cross;

import io.hawser.verify.bench.Party;
import io.hawser.verify.bench.ivy.IvyParty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Scenario P10: what one protocol says another hears, beside each of the two alone. Every party, and the hub, is a process. */
final class CrossBench {
    private static final int FEWEST_ROUNDS = 5;
    private static final int TEXTS = 200_000;
    private static final int REPORTS = 20_000;
    private static final int BYTES = 100;

    private static final String IVY = "Ivy alone";
    private static final String EFTL = "eFTL alone";
    private static final String IOT = "IoT alone";
    private static final String IVY_TO_EFTL = "Ivy in, eFTL out";
    private static final String IOT_TO_EFTL = "IoT in, eFTL out";

    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private long lost;

    private CrossBench() {}

    /** Runs it: {@code p10 [--rounds N]}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = FEWEST_ROUNDS;
        if (arguments.length > 1) {
            rounds = arguments.length == 3 && arguments[1].equals("--rounds") ? Integer.parseInt(arguments[2]) : 0;
        }
        if (rounds < FEWEST_ROUNDS) {
            System.err.println("bench: p10 takes --rounds N, at least " + FEWEST_ROUNDS);
            System.exit(2);
        }
        CrossBench bench = new CrossBench();
        for (int i = 0; i < rounds; i++) {
            bench.round();
        }
        bench.print(rounds);
    }

    /** Each in turn, with a hub of its own. */
    private void round() throws IOException, InterruptedException {
        ivyAlone();
        across(
                EFTL,
                "bench/eftl",
                TEXTS,
                (folder, bus, url) -> party(
                        CrossParty.class,
                        "publish",
                        url,
                        "bench/eftl",
                        Integer.toString(TEXTS),
                        Integer.toString(BYTES)));
        across(
                IVY_TO_EFTL,
                "ivy/" + CrossHub.BUS + "/bench-pub",
                TEXTS,
                (folder, bus, url) ->
                        party(IvyParty.class, "pub", bus, Integer.toString(TEXTS), "0", Integer.toString(BYTES)));
        across(IOT, "nothing", REPORTS, CrossBench::device);
        across(
                IOT_TO_EFTL,
                "iot/" + CrossHub.DEVICE + "/data/" + CrossHub.URN + ":attributes",
                REPORTS,
                CrossBench::device);
    }

    /** Whoever brings messages in. */
    private interface Speaker {
        Party start(Path folder, String bus, String url) throws IOException;
    }

    private static Party device(Path folder, String bus, String url) throws IOException {
        return party(CrossParty.class, "report", folder.toString(), Integer.toString(REPORTS), Integer.toString(BYTES));
    }

    private void ivyAlone() throws IOException, InterruptedException {
        String bus = IvyParty.freeBus();
        List<String> numbers = List.of(Integer.toString(TEXTS), "0", Integer.toString(BYTES));
        try (Party hearer = party(IvyParty.class, "sub", bus, numbers.get(0), numbers.get(1), numbers.get(2))) {
            hearer.says(CrossParty.READY);
            Party speaker = party(IvyParty.class, "pub", bus, numbers.get(0), numbers.get(1), numbers.get(2));
            try (speaker) {
                add(IVY, TEXTS, hearer.says(CrossParty.DONE));
            }
        }
    }

    /** IoT alone is what the hub acknowledges; all else what is heard. */
    private void across(String name, String topic, int count, Speaker who) throws IOException, InterruptedException {
        String bus = IvyParty.freeBus();
        Path folder = Files.createTempDirectory("bench-p10");
        try (Party hub = party(CrossHub.class, folder.toString(), bus)) {
            String url = hub.says(CrossHub.READY)[1];
            try (Party hearer = party(CrossParty.class, "hear", url, topic, Integer.toString(count))) {
                hearer.says(CrossParty.READY);
                try (Party speaker = who.start(folder, bus, url)) {
                    add(name, count, (name.equals(IOT) ? speaker : hearer).says(CrossParty.DONE));
                }
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }

    private void add(String name, int count, String[] done) {
        double rate = (count - count / 2) * 1e9 / Long.parseLong(done[2]);
        System.err.printf(Locale.ROOT, "%s: %,.0f%n", name, rate);
        rates.computeIfAbsent(name, each -> new ArrayList<>()).add(rate);
        lost += count - Long.parseLong(done[1]);
    }

    private void print(int rounds) {
        System.out.printf(
                Locale.ROOT,
                "p10: across protocols, payloads of %d bytes, one speaker and one hearer; medians of %d rounds, lost in all: %d%n",
                BYTES,
                rounds,
                lost);
        System.out.printf(
                Locale.ROOT, "%-18s %12s %12s %12s %14s%n", "", "messages/s", "slowest", "fastest", "x slower side");
        rates.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "%-18s %,12.0f %,12.0f %,12.0f %14s%n",
                name,
                median(name),
                all.stream().mapToDouble(each -> each).min().orElse(0),
                all.stream().mapToDouble(each -> each).max().orElse(0),
                ratio(name)));
    }

    private String ratio(String name) {
        if (!name.equals(IVY_TO_EFTL) && !name.equals(IOT_TO_EFTL)) {
            return "-";
        }
        double slower = Math.min(median(EFTL), median(name.equals(IVY_TO_EFTL) ? IVY : IOT));
        return String.format(Locale.ROOT, "%.2fx", median(name) / slower);
    }

    private double median(String name) {
        double[] all = rates.getOrDefault(name, List.of()).stream()
                .mapToDouble(each -> each)
                .sorted()
                .toArray();
        return all.length == 0 ? 0 : all[all.length / 2];
    }

    private static Party party(Class<?> program, String... arguments) throws IOException {
        return Party.start(
                program.getSimpleName(), Party.program(program, "-Xmx512m"), Path.of(""), List.of(arguments));
    }
}

package io.hawser.verify.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Runs scenario P3, the store, beside its peers; prints the table, and writes the JSON into {@code bench-results}. */
final class StoreBench {
    private static final int WARM_UPS = 2;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final int COLD_STARTS = 5;
    private static final double MOST_MIB = 600;
    private static final String APPENDS = "append";
    private static final String STEADY = "append, deliver, acknowledge";
    private static final String ENGINE = "hawser, local engine";
    private static final String JET_STREAM = "NATS JetStream R1, no fsync";

    private final StoreLoad load;
    private final Path folder;

    private StoreBench(StoreLoad load, Path folder) {
        this.load = load;
        this.folder = folder;
    }

    /** Runs what {@code arguments} ask for. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        StoreLoad load;
        try {
            load = StoreLoad.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("verify", "target")), "p3-");
        try {
            StoreBench bench = new StoreBench(load, folder);
            if (load.rss()) {
                bench.measureMemory();
            } else {
                bench.run();
            }
        } finally {
            delete(folder);
        }
    }

    private void measureMemory() throws IOException, InterruptedException {
        Backlog.Outcome outcome = Backlog.measure(folder.resolve("backlog"), load.mib(), 1024);
        System.out.print(outcome.said());
        System.out.printf(
                Locale.ROOT,
                "a backlog of %,d MiB at -Xmx256m: at most %,.0f MiB resident; the goal is %,.0f%n",
                load.mib(),
                outcome.peakMib(),
                MOST_MIB);
        if (outcome.peakMib() > MOST_MIB) {
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        explain();
        Optional<NatsServer> nats = NatsServer.start(folder.resolve("nats"));
        try {
            Map<String, String> versions = new LinkedHashMap<>();
            versions.put("hawser", System.getProperty("hawser.version", "unknown"));
            nats.ifPresent(server -> versions.put("nats-server", server.version()));
            StoreReport report = new StoreReport(load, versions);
            report.add(appends(report, nats));
            report.add(steady(nats));
            report.add(
                    "cold start with " + load.backlog() + " messages, ms until the first is handed out", coldStart());
            report.print(System.out);
            System.out.println(report.write(Path.of("bench-results")));
        } finally {
            nats.ifPresent(NatsServer::close);
        }
    }

    private void explain() {
        System.out.printf(Locale.ROOT, """
                p3: the store, bodies of %d bytes, at most %d messages ahead, one publisher
                hawser: the local engine as a library; what counts is on stable storage (fsync), or acknowledged after that.
                raw database and raw file: in one thread, an fsync a batch; the batch is what hawser made of its window.
                JetStream: a process, over loopback, its own settings: it acknowledges before fsync.
                ratio: hawser to the other; CPU: processor time a message, of loader and system together.
                %d warm-up and %d measured rounds of %d s, in turn.
                """, load.bytes(), Contender.WINDOW, WARM_UPS, load.rounds(), ROUND.toSeconds());
    }

    private List<Figures> appends(StoreReport report, Optional<NatsServer> nats) throws IOException {
        int bytes = load.bytes();
        EngineAppends engine = new EngineAppends(folder.resolve("appends"), bytes);
        Map<Figures, Contender> contenders = new LinkedHashMap<>();
        contenders.put(new Figures(APPENDS, ENGINE, true), engine);
        contenders.put(
                new Figures(APPENDS, "RocksDB alone, same batch", false),
                new RawDatabase(folder.resolve("database"), bytes, engine::batch));
        contenders.put(
                new Figures(APPENDS, "file alone, same batch", false),
                new RawFile(folder.resolve("file"), bytes, engine::batch));
        if (nats.isPresent()) {
            contenders.put(new Figures(APPENDS, JET_STREAM, false), JetStream.appends(nats.get(), bytes));
        }
        List<Figures> figures = measure(contenders);
        report.add("messages in a batch", engine.batch());
        return figures;
    }

    private List<Figures> steady(Optional<NatsServer> nats) throws IOException {
        Map<Figures, Contender> contenders = new LinkedHashMap<>();
        contenders.put(new Figures(STEADY, ENGINE, true), new EngineSteady(folder.resolve("steady"), load.bytes()));
        if (nats.isPresent()) {
            contenders.put(new Figures(STEADY, JET_STREAM, false), JetStream.steady(nats.get(), load.bytes()));
        }
        return measure(contenders);
    }

    /** Each has its round in turn. */
    private List<Figures> measure(Map<Figures, Contender> contenders) throws IOException {
        try {
            for (int i = 0; i < WARM_UPS + load.rounds(); i++) {
                for (Map.Entry<Figures, Contender> contender : contenders.entrySet()) {
                    Duration before = contender.getValue().processorTime();
                    Contender.Measure round = contender.getValue().round(ROUND);
                    if (i >= WARM_UPS) {
                        Duration processor =
                                contender.getValue().processorTime().minus(before);
                        contender.getKey().add(round, processor);
                    }
                }
            }
            return new ArrayList<>(contenders.keySet());
        } finally {
            for (Contender contender : contenders.values()) {
                contender.close();
            }
        }
    }

    /** The median of the milliseconds from opening a folder with a backlog to the first delivery. */
    private double coldStart() throws InterruptedException {
        Path backlog = folder.resolve("backlog");
        try (LocalEngine engine = new LocalEngine(backlog, load.bytes())) {
            for (int i = 0; i < load.backlog(); i++) {
                engine.append(engine::admit);
            }
            engine.settle();
        }
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < COLD_STARTS; i++) {
            long start = System.nanoTime();
            try (LocalEngine engine = new LocalEngine(backlog, load.bytes())) {
                CountDownLatch first = new CountDownLatch(1);
                engine.consume((consumer, messages) -> first.countDown(), 1);
                first.await();
                millis.add((System.nanoTime() - start) / 1e6);
            }
        }
        return millis.stream().sorted().toList().get(COLD_STARTS / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

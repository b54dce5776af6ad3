package io.hawser.verify.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Scenario P5: what a connection costs that logged in and says nothing, beside its peers. */
final class IdleBench {
    private static final int CONNECTIONS = 9_000;

    private IdleBench() {}

    /** Opens the connections to one system after the other, and prints what each took. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "p5: %,d connections that logged in and say nothing; resident memory after a collection%n%-22s %14s %14s %14s%n",
                CONNECTIONS,
                "",
                "KiB each",
                "accepted /s",
                "MiB in all");
        try (Broker hub = Broker.hub()) {
            measure("hawser", hub, new EftlDialect(true));
        }
        Optional<Broker> nats = Broker.nats();
        if (nats.isPresent()) {
            try (Broker server = nats.get()) {
                measure("nats-server", server, new NatsDialect());
            }
        }
        Optional<Broker> mosquitto = Broker.mosquitto();
        if (mosquitto.isPresent()) {
            try (Broker broker = mosquitto.get()) {
                measure("mosquitto", broker, new MqttDialect());
            }
        }
    }

    private static void measure(String name, Broker broker, Dialect dialect) throws IOException, InterruptedException {
        List<Link> links = new ArrayList<>();
        try {
            // the first ones load classes and make threads
            for (int i = 0; i < 100; i++) {
                links.add(Link.to(broker.address(), dialect, "warm-" + i));
            }
            long before = resident(broker);
            long start = System.nanoTime();
            for (int i = 0; i < CONNECTIONS; i++) {
                links.add(Link.to(broker.address(), dialect, "idle-" + i));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long after = resident(broker);
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %14.1f %,14.0f %,14d%n",
                    name,
                    (after - before) / (double) CONNECTIONS,
                    CONNECTIONS / seconds,
                    after / 1024);
        } finally {
            for (Link link : links) {
                link.close();
            }
        }
    }

    /** KiB, after a collection if it is a JVM; any other process would not survive being asked for one. */
    private static long resident(Broker broker) throws IOException, InterruptedException {
        long pid = broker.process().pid();
        if (broker.process()
                .info()
                .command()
                .filter(program -> program.endsWith("java"))
                .isPresent()) {
            collect(pid);
        }
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("no memory is told for process " + pid));
    }

    private static void collect(long pid) throws IOException, InterruptedException {
        Process collecting = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        collecting.waitFor();
    }
}

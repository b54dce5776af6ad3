package io.hawser.verify.bench;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs one scenario beside its peers, prints the table, and writes the JSON into {@code bench-results}. */
final class Bench {
    private static final int WARM_UPS = 3;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final String ACKNOWLEDGED = "hawser, acknowledged";
    private static final String UNACKNOWLEDGED = "hawser, not acknowledged";

    private final Load load;
    private final Broker hub;
    private final Map<String, Broker> peers;

    private Bench(Load load, Broker hub, Map<String, Broker> peers) {
        this.load = load;
        this.hub = hub;
        this.peers = peers;
    }

    /** Runs the scenario that {@code arguments} name. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Load load;
        try {
            load = Load.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        Map<String, Broker> peers = new LinkedHashMap<>();
        try (Broker hub = Broker.hub()) {
            Broker.mosquitto().ifPresent(peer -> peers.put(Report.MOSQUITTO, peer));
            Broker.nats().ifPresent(peer -> peers.put(Report.NATS, peer));
            peers.put(Report.NETTY, Broker.relay());
            new Bench(load, hub, peers).run();
        } finally {
            peers.values().forEach(Broker::close);
        }
    }

    private void run() throws IOException {
        explain();
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("hawser", hub.version());
        peers.forEach((name, peer) -> versions.put(name, peer.version()));
        Report report = new Report(load, versions);
        for (int subscribers : load.subscribers()) {
            report.add(measure(subscribers));
        }
        report.print(System.out);
        System.out.println(report.write(Path.of("bench-results")));
    }

    private void explain() {
        System.out.printf(
                Locale.ROOT,
                """
                %s: eFTL, subscribers: %s, %d-byte bodies, not durable, beside MQTT 3.1.1 QoS 0, core NATS and Netty's WebSocket
                alone (it parses, matches and keeps nothing). Each of them and the loader is a process; they meet on loopback. The
                loader is one thread with one selector, the same for all: window %d, writes of up to %d bytes, every delivery parsed and its number checked.
                acknowledged: the window follows the broker's acknowledgements (op 9); else what the first subscriber received.
                lost: deliveries that did not arrive; the hub drops the oldest of a subscriber for whom too much waits.
                %d warm-up and %d measured rounds of %d s, in turn.
                """,
                load.scenario(),
                load.subscribers().stream().map(String::valueOf).collect(joining(", ")),
                load.bytes(),
                Fleet.WINDOW,
                Fleet.WRITE,
                WARM_UPS,
                load.rounds(),
                ROUND.toSeconds());
    }

    /** One point of the curve: everybody is connected before the first round, and each has its round in turn. */
    private List<Row> measure(int subscribers) throws IOException {
        Map<Row, Fleet> fleets = new LinkedHashMap<>();
        try {
            join(fleets, subscribers);
            for (int i = 0; i < WARM_UPS + load.rounds(); i++) {
                for (Map.Entry<Row, Fleet> fleet : fleets.entrySet()) {
                    Round round = fleet.getValue().round(ROUND);
                    if (i >= WARM_UPS) {
                        fleet.getKey().add(round);
                    }
                }
            }
            return new ArrayList<>(fleets.keySet());
        } finally {
            for (Fleet fleet : fleets.values()) {
                fleet.close();
            }
        }
    }

    private void join(Map<Row, Fleet> fleets, int subscribers) throws IOException {
        String key = load.scenario() + "-" + subscribers;
        fleets.put(
                new Row(ACKNOWLEDGED, subscribers),
                Fleet.join(hub.address(), new EftlDialect(true), key + "a", load, subscribers, true));
        fleets.put(
                new Row(UNACKNOWLEDGED, subscribers),
                Fleet.join(hub.address(), new EftlDialect(false), key + "u", load, subscribers, false));
        for (Map.Entry<String, Broker> peer : peers.entrySet()) {
            fleets.put(
                    new Row(peer.getKey(), subscribers),
                    Fleet.join(peer.getValue().address(), dialect(peer.getKey()), key, load, subscribers, false));
        }
    }

    private static Dialect dialect(String peer) {
        return switch (peer) {
            case Report.MOSQUITTO -> new MqttDialect();
            case Report.NATS -> new NatsDialect();
            default -> new EftlDialect(false);
        };
    }
}

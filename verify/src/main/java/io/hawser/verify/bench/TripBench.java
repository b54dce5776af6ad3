package io.hawser.verify.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Scenario P4: how long a request and its answer take, one at a time, beside its peers. */
final class TripBench {
    private static final int WARM_UPS = 2;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final String HUB = "hawser, request and reply";
    private static final String NATS = "nats-server, request and reply";

    private final Map<String, Trips.Trip> trips = new LinkedHashMap<>();
    private final Map<String, List<long[]>> nanos = new LinkedHashMap<>();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    private TripBench() {}

    /** Runs the rounds in turn and prints the medians. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Optional<Broker> nats = Broker.nats();
        Optional<Broker> mosquitto = Broker.mosquitto();
        try (Broker hub = Broker.hub()) {
            TripBench bench = new TripBench();
            bench.trips.put(HUB, new Trips.Eftl(hub.address()));
            if (nats.isPresent()) {
                bench.trips.put(NATS, new Trips.Nats(nats.get().address()));
            }
            if (mosquitto.isPresent()) {
                bench.trips.put(
                        "mosquitto, there and back",
                        new Trips.Mqtt(mosquitto.get().address()));
            }
            bench.trips.put("TCP, nobody between", new Trips.Echo());
            bench.run();
        } finally {
            nats.ifPresent(Broker::close);
            mosquitto.ifPresent(Broker::close);
        }
    }

    private void run() throws IOException, InterruptedException {
        for (Map.Entry<String, Trips.Trip> each : trips.entrySet()) {
            Thread answering = new Thread(() -> answer(each.getValue()), each.getKey());
            answering.setDaemon(true);
            answering.start();
        }
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            for (Map.Entry<String, Trips.Trip> each : trips.entrySet()) {
                long[] taken = round(each.getValue());
                if (round >= 0) {
                    nanos.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                            .add(taken);
                }
            }
        }
        print();
        for (Trips.Trip trip : trips.values()) {
            trip.close();
        }
    }

    private void answer(Trips.Trip trip) {
        try {
            while (true) {
                trip.answer();
            }
        } catch (IOException ended) {
            failure.compareAndSet(null, ended);
        }
    }

    private long[] round(Trips.Trip trip) throws IOException {
        long[] taken = Trips.round(trip, ROUND);
        IOException broken = failure.get();
        if (broken != null) {
            throw new IOException("whoever answers has ended", broken);
        }
        return taken;
    }

    private void print() {
        System.out.printf(
                Locale.ROOT,
                "p4: a request and its answer, 100-byte bodies, one at a time, loopback; medians of %d rounds of %d s%n",
                ROUNDS,
                ROUND.toSeconds());
        System.out.printf(
                Locale.ROOT, "%-34s %10s %10s %12s %12s%n", "", "p50 us", "p99 us", "p50 x NATS", "p99 x NATS");
        for (String system : nanos.keySet()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %10.1f %10.1f %12s %12s%n",
                    system,
                    micros(system, 0.50),
                    micros(system, 0.99),
                    ratio(system, 0.50),
                    ratio(system, 0.99));
        }
    }

    private String ratio(String system, double part) {
        return nanos.containsKey(NATS)
                ? String.format(Locale.ROOT, "%.2fx", micros(system, part) / micros(NATS, part))
                : "-";
    }

    private double micros(String system, double part) {
        return Trips.micros(nanos.getOrDefault(system, List.of()), part);
    }
}

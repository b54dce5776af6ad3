package io.hawser.verify.bench.ivy;

import io.hawser.verify.bench.Trips;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long a text and its answer take, beside TCP with nobody between. */
final class IvyTripBench {
    private static final int WARM_UPS = 2;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final String ECHO = "TCP, nobody between";

    private final IvyLoad load;
    private final Map<String, List<long[]>> nanos = new LinkedHashMap<>();

    IvyTripBench(IvyLoad load) {
        this.load = load;
    }

    /** Runs the rounds in turn and prints the medians. */
    void run() throws IOException, InterruptedException {
        String payload = "x".repeat(load.bytes());
        try (Trips.Echo echo = new Trips.Echo();
                IvyTrips usual = IvyTrips.usual(IvyParty.freeBus(), payload);
                IvyTrips onTheLoop = IvyTrips.onTheLoop(IvyParty.freeBus(), payload)) {
            Thread answering = new Thread(() -> answer(echo), "echo");
            answering.setDaemon(true);
            answering.start();
            for (int round = -WARM_UPS; round < load.rounds(); round++) {
                add(round, ECHO, Trips.round(echo, ROUND));
                add(round, "hawser, callbacks on the loop", onTheLoop.round(ROUND));
                add(round, "hawser, callbacks in a thread", usual.round(ROUND));
            }
        }
        print();
    }

    private static void answer(Trips.Echo echo) {
        try {
            while (true) {
                echo.answer();
            }
        } catch (IOException ended) {
            Thread.currentThread().interrupt(); // whoever asks fails, too, unless the rounds are over
        }
    }

    private void add(int round, String name, long[] taken) {
        if (round >= 0) {
            nanos.computeIfAbsent(name, all -> new ArrayList<>()).add(taken);
        }
    }

    private void print() {
        System.out.printf(
                Locale.ROOT,
                "%na text and its answer, one at a time%n%-34s %10s %10s %12s%n",
                "",
                "p50 us",
                "p99 us",
                "p50 x TCP");
        nanos.keySet()
                .forEach(name -> System.out.printf(
                        Locale.ROOT,
                        "%-34s %10.1f %10.1f %11.2fx%n",
                        name,
                        micros(name, 0.50),
                        micros(name, 0.99),
                        micros(name, 0.50) / micros(ECHO, 0.50)));
    }

    private double micros(String name, double part) {
        return Trips.micros(nanos.getOrDefault(name, List.of()), part);
    }
}

package io.hawser.verify.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** What one system did under one load, round by round. Owner: the benchmark's thread. */
final class Row {
    private final String system;
    private final int subscribers;
    private final List<Round> rounds = new ArrayList<>();

    Row(String system, int subscribers) {
        this.system = system;
        this.subscribers = subscribers;
    }

    void add(Round round) {
        rounds.add(round);
    }

    String system() {
        return system;
    }

    int subscribers() {
        return subscribers;
    }

    /** The deliveries a second of each round, slowest first. */
    double[] rates() {
        return rounds.stream().mapToDouble(Round::deliveriesPerSecond).sorted().toArray();
    }

    /** The deliveries a second of the round in the middle. */
    double median() {
        double[] rates = rates();
        int middle = rates.length / 2;
        return rates.length % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2;
    }

    double slowest() {
        return DoubleStream.of(rates()).min().orElse(0);
    }

    double fastest() {
        return DoubleStream.of(rates()).max().orElse(0);
    }

    long published() {
        return rounds.stream().mapToLong(Round::published).sum();
    }

    long lost() {
        return rounds.stream().mapToLong(Round::lost).sum();
    }

    long disordered() {
        return rounds.stream().mapToLong(Round::disordered).sum();
    }
}

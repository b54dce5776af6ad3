package io.hawser.verify.bench.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one system did in one scenario, round by round. Owner: the benchmark's thread. */
final class Figures {
    private final String scenario;
    private final String system;
    private final boolean ours;
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> micros = new ArrayList<>();

    Figures(String scenario, String system, boolean ours) {
        this.scenario = scenario;
        this.system = system;
        this.ours = ours;
    }

    /** Adds a round, which took {@code processor} of processor time. */
    void add(Contender.Measure round, Duration processor) {
        rates.add(round.perSecond());
        micros.add(processor.toNanos() / 1e3 / round.messages());
    }

    String scenario() {
        return scenario;
    }

    String system() {
        return system;
    }

    /** True for the one that the others are compared with. */
    boolean ours() {
        return ours;
    }

    /** Messages a second of each round, slowest first. */
    List<Double> rates() {
        return rates.stream().sorted().toList();
    }

    double median() {
        return median(rates);
    }

    /** The processor time of a message in microseconds, in the round in the middle. */
    double processorMicros() {
        return median(micros);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}

package io.hawser.verify.bench.store;

import java.util.ArrayList;
import java.util.List;

/** What one system did in one scenario, round by round. Owner: the benchmark's thread. */
final class Figures {
    private final String scenario;
    private final String system;
    private final boolean ours;
    private final List<Double> rates = new ArrayList<>();

    Figures(String scenario, String system, boolean ours) {
        this.scenario = scenario;
        this.system = system;
        this.ours = ours;
    }

    void add(Contender.Measure round) {
        rates.add(round.perSecond());
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
        List<Double> sorted = rates();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}

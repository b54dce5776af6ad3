package io.hawser.verify.bench.ivy;

import io.hawser.verify.bench.ivy.IvyPair.Passed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Scenario P7: one Ivy agent speaks, another hears, and has ever more regexps that do not match; then round trips. */
final class IvyBench {
    private final IvyLoad load;
    private final List<IvyPair> pairs = new ArrayList<>();

    private IvyBench(IvyLoad load) {
        this.load = load;
        pairs.add(IvyPair.ours());
        load.peer().map(IvyPair::peer).ifPresent(pairs::add);
    }

    /** Runs what {@code arguments} ask for. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        IvyLoad load;
        try {
            load = IvyLoad.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        new IvyBench(load).run();
        new IvyTripBench(load).run();
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "p7: Ivy, 1 publisher -> 1 subscriber, payloads of %d bytes, two processes; medians of %d rounds%n",
                load.bytes(),
                load.rounds());
        System.out.printf(
                Locale.ROOT,
                "%8s  %-8s %12s %12s %12s %8s %8s %8s %8s%n",
                "regexps",
                "",
                "messages/s",
                "slowest",
                "fastest",
                "CPU us",
                "x first",
                "x peer",
                "lost");
        Map<String, Double> first = new LinkedHashMap<>();
        for (int regexps : load.regexps()) {
            Map<String, List<Passed>> rounds = rounds(regexps);
            rounds.forEach((name, passed) -> {
                double median = median(passed, Passed::perSecond);
                first.putIfAbsent(name, median);
                print(regexps, name, passed, median / first.getOrDefault(name, median), ratio(rounds, name));
            });
        }
        if (load.peer().isEmpty()) {
            System.out.println("no peer: --peer 'CMD' names one, see docs/performance.md; only the growth counts");
        }
    }

    private Map<String, List<Passed>> rounds(int regexps) throws IOException, InterruptedException {
        Map<String, List<Passed>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < load.rounds(); round++) {
            for (IvyPair pair : pairs) {
                rounds.computeIfAbsent(pair.name(), name -> new ArrayList<>())
                        .add(pair.pass(pair.messages(regexps), regexps, load.bytes()));
            }
        }
        return rounds;
    }

    private static void print(int regexps, String name, List<Passed> passed, double toFirst, String toPeer) {
        System.out.printf(
                Locale.ROOT,
                "%8d  %-8s %,12.0f %,12.0f %,12.0f %8.2f %7.2fx %8s %8d%n",
                regexps,
                name,
                median(passed, Passed::perSecond),
                passed.stream().mapToDouble(Passed::perSecond).min().orElse(0),
                passed.stream().mapToDouble(Passed::perSecond).max().orElse(0),
                median(passed, Passed::processorMicros),
                toFirst,
                toPeer,
                passed.stream().mapToLong(Passed::lost).sum());
    }

    /** Of a pair's median to the peer's. */
    private static String ratio(Map<String, List<Passed>> rounds, String name) {
        List<Passed> peer = rounds.get(IvyPair.PEER);
        return peer == null || name.equals(IvyPair.PEER)
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.1fx",
                        median(rounds.getOrDefault(name, peer), Passed::perSecond) / median(peer, Passed::perSecond));
    }

    private static double median(List<Passed> rounds, ToDoubleFunction<Passed> figure) {
        double[] all = rounds.stream().mapToDouble(figure).sorted().toArray();
        return all[all.length / 2];
    }
}

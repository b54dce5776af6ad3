package io.hawser.verify.bench.iot;

import io.hawser.verify.bench.Party;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Scenario P9: what devices say through the dispatcher over HTTPS to a hub on a disk, and what they are told by long polls. */
final class IotBench {
    private IotBench() {}

    /** Runs what {@code arguments} ask for. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        IotLoad load;
        try {
            load = IotLoad.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        Path folder = Files.createTempDirectory("p9");
        try {
            run(load, folder);
        } finally {
            delete(folder);
        }
    }

    private static void run(IotLoad load, Path folder) throws IOException, InterruptedException {
        String[] options = Stream.of(System.getProperty("hawser.bench.hub", "").split(" ", -1))
                .filter(option -> !option.isEmpty())
                .toArray(String[]::new);
        List<String> most = List.of(folder.toString(), Integer.toString(Collections.max(load.devices())));
        try (Party hub = Party.start("hub", Party.program(CloudProgram.class, options), folder, most)) {
            String[] ready = hub.says(CloudProgram.READY);
            System.out.printf(
                    Locale.ROOT,
                    "p9: devices of Oracle IoT CS over HTTPS, a hub on a disk; medians of %d rounds%n%8s %12s %12s %12s %10s %10s %11s%n",
                    load.rounds(),
                    "devices",
                    "messages/s",
                    "slowest",
                    "fastest",
                    "p50 us",
                    "p99 us",
                    "idle bytes");
            Map<Integer, List<IotPass>> rounds = new TreeMap<>();
            for (int round = 0; round < load.rounds(); round++) {
                for (int devices : load.devices()) {
                    rounds.computeIfAbsent(devices, first -> new ArrayList<>())
                            .add(IotPass.of(devices, load, folder, ready));
                }
            }
            rounds.forEach(IotBench::print);
            System.out.println("the most memory of the hub: " + hub.mostMemory() / 1_024 + " MiB");
        }
    }

    private static void print(int devices, List<IotPass> passes) {
        System.out.printf(
                Locale.ROOT,
                "%8d %,12.0f %,12.0f %,12.0f %,10.0f %,10.0f %,11.0f%n",
                devices,
                median(passes, IotPass::perSecond),
                passes.stream().mapToDouble(IotPass::perSecond).min().orElse(0),
                passes.stream().mapToDouble(IotPass::perSecond).max().orElse(0),
                median(passes, IotPass::p50),
                median(passes, IotPass::p99),
                median(passes, IotPass::idleBytes));
    }

    private static double median(List<IotPass> passes, ToDoubleFunction<IotPass> figure) {
        double[] all = passes.stream().mapToDouble(figure).sorted().toArray();
        return all[all.length / 2];
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(IotBench::remove);
        }
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

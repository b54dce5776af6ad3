package io.hawser.verify.bench.clever;

import io.hawser.verify.bench.clever.CleverPair.Passed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Scenario P8: actions, requests and files between two clever-show peers. */
final class CleverBench {
    private static final int ACTIONS = 4_000_000;
    private static final int TRIPS = 40_000;
    private static final int REQUESTS = 400_000;
    /** An original takes so many times fewer of all. */
    private static final int PEER_SHARE = 40;
    /** The original's time grows with the square of a file's size. */
    private static final int PEER_MIB = 5;

    private static final int MEASURED_MIB = 2_048;
    private static final int PIECE = 64 * 1024;
    /** Ours, sent as originals send it. */
    private static final String UNHASHED = "no hash";

    private final CleverLoad load;
    private final Path serving;
    private final Path asking;
    private final List<CleverPair> pairs = new ArrayList<>();

    private CleverBench(CleverLoad load, Path serving, Path asking) {
        this.load = load;
        this.serving = serving;
        this.asking = asking;
        pairs.add(CleverPair.ours());
        load.peer().map(CleverPair::peer).ifPresent(pairs::add);
    }

    /** Runs what {@code arguments} ask for. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CleverLoad load;
        try {
            load = CleverLoad.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        Path serving = Files.createTempDirectory("p8-serves");
        Path asking = Files.createTempDirectory("p8-asks");
        try {
            new CleverBench(load, serving, asking).run();
        } finally {
            delete(serving);
            delete(asking);
        }
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "p8: clever-show, payloads of %d bytes, two processes; medians of %d rounds%n"
                        + "%-28s %-7s %11s %11s %11s %9s %9s %8s %8s %8s %6s%n",
                load.bytes(),
                load.rounds(),
                "",
                "",
                "a second",
                "slowest",
                "fastest",
                "p50 us",
                "p99 us",
                "x peer",
                "x copy",
                "MiB most",
                "lost");
        times("actions", "actions", ACTIONS);
        times("requests, one at a time", "trips", TRIPS);
        times("requests, 50 at a time", "requests", REQUESTS);
        if (load.wants("files")) {
            for (int mib : load.mib()) {
                file(mib);
            }
        }
        if (load.peer().isEmpty()) {
            System.out.println("no peer: --peer 'CMD' names one, see docs/performance.md");
        }
    }

    private void times(String title, String what, int count) throws IOException, InterruptedException {
        if (!load.wants(what)) {
            return;
        }
        Map<String, List<Passed>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < load.rounds(); round++) {
            for (CleverPair pair : pairs) {
                int share = pair.isPeer() ? count / PEER_SHARE : count;
                add(rounds, pair.name(), pair.pass(what, share, load.bytes(), serving, asking));
            }
        }
        rounds.forEach((name, passed) -> print(title, name, passed, 1, rounds, "-"));
    }

    /** In MiB a second, beside a copy of the file into another that is synced. */
    private void file(int mib) throws IOException, InterruptedException {
        Path file = write(mib);
        Map<String, List<Passed>> rounds = new LinkedHashMap<>();
        List<Passed> copies = new ArrayList<>();
        int count = Math.max(2, Math.min(200, MEASURED_MIB / mib));
        for (int round = 0; round < load.rounds(); round++) {
            copies.add(copy(file));
            for (CleverPair pair : pairs) {
                if (!pair.isPeer()) {
                    add(rounds, pair.name(), pair.pass("file", count, mib << 20, serving, asking));
                    add(rounds, UNHASHED, pair.pass(CleverParty.PLAIN_FILE, count, mib << 20, serving, asking));
                } else if (mib <= PEER_MIB) {
                    add(rounds, pair.name(), pair.pass("file", 1, mib << 20, serving, asking));
                }
            }
        }
        double copy = median(copies, Passed::perSecond);
        String title = String.format(Locale.ROOT, "file of %d MiB, MiB", mib);
        print(title, "copy", copies, mib, Map.of(), "1.00x");
        rounds.forEach((name, passed) -> print(
                title,
                name,
                passed,
                mib,
                rounds,
                String.format(Locale.ROOT, "%.2fx", median(passed, Passed::perSecond) / copy)));
        Files.delete(file);
    }

    private static void add(Map<String, List<Passed>> rounds, String pair, Passed passed) {
        rounds.computeIfAbsent(pair, name -> new ArrayList<>()).add(passed);
    }

    private Path write(int mib) throws IOException {
        Path file = serving.resolve("file-" + (mib << 20));
        byte[] piece = new byte[1 << 20];
        new Random(mib).nextBytes(piece);
        for (int i = 0; i < mib; i++) {
            Files.write(file, piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return file;
    }

    private Passed copy(Path file) throws IOException {
        Path to = asking.resolve("copy");
        ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
        long start = System.nanoTime();
        try (FileChannel in = FileChannel.open(file);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (in.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                buffer.clear();
            }
            out.force(true);
        }
        long nanos = System.nanoTime() - start;
        Files.delete(to);
        return new Passed(1e9 / nanos, 0, 0, 0, 0);
    }

    private static void print(
            String title, String name, List<Passed> passed, double unit, Map<String, List<Passed>> all, String copy) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %-7s %,11.0f %,11.0f %,11.0f %9.1f %9.1f %8s %8s %8d %6d%n",
                title,
                name,
                unit * median(passed, Passed::perSecond),
                unit * passed.stream().mapToDouble(Passed::perSecond).min().orElse(0),
                unit * passed.stream().mapToDouble(Passed::perSecond).max().orElse(0),
                median(passed, Passed::p50),
                median(passed, Passed::p99),
                ratio(name, passed, all.get(CleverPair.PEER)),
                copy,
                passed.stream().mapToLong(Passed::memory).max().orElse(0),
                passed.stream().mapToLong(Passed::lost).sum());
    }

    private static String ratio(String name, List<Passed> passed, @Nullable List<Passed> peer) {
        return peer == null || name.equals(CleverPair.PEER)
                ? "-"
                : String.format(
                        Locale.ROOT, "%.1fx", median(passed, Passed::perSecond) / median(peer, Passed::perSecond));
    }

    private static double median(List<Passed> rounds, ToDoubleFunction<Passed> figure) {
        double[] all = rounds.stream().mapToDouble(figure).sorted().toArray();
        return all[all.length / 2];
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(CleverBench::remove);
        }
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

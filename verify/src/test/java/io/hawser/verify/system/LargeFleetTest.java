package io.hawser.verify.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.clever.gateway.Copter;
import io.hawser.clever.gateway.FleetResult;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred copters at one ground station, each with a clock of its own. */
@Tag("slow")
class LargeFleetTest {
    private static final int COPTERS = 200;
    private static final int ORDERED = 50;
    private static final int FILE = 1 << 20;
    private static final long ROOM = 64L << 20;
    private static final Duration HANG = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<Flier> fliers = new ArrayList<>();

    @TempDir
    private Path folder;

    /** One copter, and what it was told. */
    private final class Flier {
        private final String id;
        private final double ahead;
        private final Path files;
        private final List<Long> marks = new CopyOnWriteArrayList<>();
        private final List<Double> starts = new CopyOnWriteArrayList<>();
        private final CleverPeer peer;

        Flier(int number, int port) throws IOException {
            id = "copter-" + number;
            ahead = number * 10 - 1_000;
            files = Files.createDirectory(folder.resolve(id));
            CleverHandlers handlers = new CleverHandlers()
                    .onRequest("id", call -> Value.of(id))
                    .onRequest("clover_dir", call -> Value.of("error"))
                    .onRequest("time", call -> Value.of(now() + ahead))
                    .onAction(
                            "mark", call -> marks.add(((Value.Int) call.kwargs().find("n")).value()))
                    .onAction(
                            "start",
                            call -> starts.add(Double.parseDouble(
                                    call.kwargs().string("time").orElseThrow())));
            peer = CleverPeer.connect(
                    "127.0.0.1:" + port,
                    CleverOptions.defaults().executor(threads).files(files).handlers(handlers));
        }
    }

    @AfterEach
    void land() {
        fliers.forEach(flier -> flier.peer.close());
        threads.shutdown();
    }

    @Test
    void allDoWhatTheyAreToldOnceAndComeBackAfterARestart() throws IOException {
        long before = System.nanoTime();
        int port;
        try (Station station = new Station(0)) {
            port = station.port;
            for (int number = 0; number < COPTERS; number++) {
                fliers.add(new Flier(number, port));
            }
            awaitAll(station);
            told("joined", before);
            long heap = heap();
            oneCommand(station, 0);
            inOrder(station);
            oneFile(station);
            startTogether(station);
            long grown = heap() - heap;
            System.out.println("heap of hub and copters grew by KiB: " + grown / 1024);
            assertThat(grown).isLessThan(ROOM);
        }
        fliers.forEach(flier -> flier.marks.clear());
        before = System.nanoTime();
        try (Station again = new Station(port)) {
            awaitAll(again);
            told("back after a restart", before);
            oneCommand(again, 1);
            assertThat(list(again)).hasSize(COPTERS);
        }
    }

    private void oneCommand(Station station, long number) {
        long before = System.nanoTime();
        done(station.fleet.command(List.of(), "mark", Fields.of("n", Value.of(number))));
        told("told one command, and known to have it", before);
        await().atMost(HANG).untilAsserted(() -> assertThat(fliers)
                .allSatisfy(flier -> assertThat(flier.marks).containsExactly(number)));
    }

    private void inOrder(Station station) {
        fliers.forEach(flier -> flier.marks.clear());
        List<CompletableFuture<List<FleetResult>>> told = new ArrayList<>();
        for (long n = 0; n < ORDERED; n++) {
            told.add(station.fleet.command(List.of(), "mark", Fields.of("n", Value.of(n))));
        }
        told.forEach(this::done);
        List<Long> wanted = LongStream.range(0, ORDERED).boxed().toList();
        await().atMost(HANG).untilAsserted(() -> assertThat(fliers)
                .allSatisfy(flier -> assertThat(flier.marks).isEqualTo(wanted)));
    }

    private void oneFile(Station station) throws IOException {
        byte[] bytes = new byte[FILE];
        new Random(FILE).nextBytes(bytes);
        Path file = Files.write(folder.resolve("animation.csv"), bytes);
        long before = System.nanoTime();
        done(station.fleet.sendFile(List.of(), () -> FileChannel.open(file), "animation.csv", false));
        told("have a file of 1 MiB, synced and with its SHA-256", before);
        for (Flier flier : fliers) {
            assertThat(Files.mismatch(file, flier.files.resolve("animation.csv")))
                    .isEqualTo(-1);
            assertThat(flier.files.toFile().list()).containsExactly("animation.csv");
        }
    }

    private void startTogether(Station station) {
        await().atMost(HANG).until(() -> list(station).stream().allMatch(one -> one.clockUncertainty() < 0.1));
        Instant at = Instant.now().plusSeconds(3_600);
        done(station.fleet.start(List.of(), at));
        await().atMost(HANG).untilAsserted(() -> assertThat(fliers)
                .allSatisfy(flier -> assertThat(flier.starts).hasSize(1).first().satisfies(time -> assertThat(
                                time - flier.ahead)
                        .isCloseTo(at.toEpochMilli() / 1e3, within(0.1)))));
    }

    private void done(CompletableFuture<List<FleetResult>> asked) {
        List<FleetResult> results =
                asked.orTimeout(HANG.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(results).hasSize(COPTERS).allMatch(FleetResult::done);
        assertThat(results.stream().map(FleetResult::copter).distinct()).hasSize(COPTERS);
    }

    /** Each is there, and its clock is known. */
    private static void awaitAll(Station station) {
        await().atMost(HANG)
                .until(() -> list(station).stream()
                                .filter(one -> one.online() && one.clockOffset().isPresent())
                                .count()
                        == COPTERS);
    }

    private static List<Copter> list(Station station) {
        return station.fleet
                .copters()
                .orTimeout(HANG.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static double now() {
        return Instant.now().toEpochMilli() / 1e3;
    }

    private static void told(String what, long before) {
        System.out.println(COPTERS + " copters " + what + ", ms: " + (System.nanoTime() - before) / 1_000_000);
    }
}

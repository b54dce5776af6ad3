package io.hawser.eftl;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The Java client against the real gateway over a network that does its worst: what was acknowledged is not lost, first
 * deliveries keep their publisher's order, a second one has its count, and every future ends.
 */
class EftlFaultsTest {
    /** Most of the time they wait for a silence to be noticed. */
    private static final int AT_ONCE = 4;

    @Test
    void nothingIsLostOverABadNetwork() {
        live(LongStream.of(1, 2, 3, new Random().nextLong()));
    }

    @Test
    @Tag("slow")
    void nothingIsLostOverFiftyBadNetworks() {
        live(LongStream.rangeClosed(101, 150));
    }

    private static void live(LongStream seeds) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<Void>> days = seeds.mapToObj(
                            seed -> CompletableFuture.runAsync(() -> live(seed), threads))
                    .toList();
            days.forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void live(long seed) {
        try (BadDay day = new BadDay(seed)) {
            System.out.println(day.live());
        }
    }
}

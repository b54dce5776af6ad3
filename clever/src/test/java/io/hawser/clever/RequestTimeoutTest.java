package io.hawser.clever;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.net.Loop;
import io.hawser.net.Loops;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that nobody answers end when their time is over: not before, and not much later than a bare timer does. */
@Timeout(60)
class RequestTimeoutTest {
    private static final int REQUESTS = 1_000;
    private static final int ALMOST_ALL = 990;
    private static final long MOST_LATE = Duration.ofMillis(50).toNanos();

    @Test
    void eachOfAThousandEndsInTime() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<CompletableFuture<Long>> ends = new ArrayList<>();
        List<CompletableFuture<Long>> marks = new ArrayList<>();
        CleverOptions options = Pair.options(new Notebook()).withoutExtras();
        try (Loops bare = Loops.start(1, "bare");
                RawServer raw = new RawServer();
                CleverPeer peer = CleverPeer.connect(raw.address(), options);
                RawServer.Link link = raw.accept()) {
            Loop timer = bare.next();
            for (int n = 0; n < REQUESTS; n++) {
                Duration patience = Duration.ofMillis(300 + random.nextInt(500));
                CompletableFuture<Long> mark = new CompletableFuture<>();
                long due = System.nanoTime() + patience.toNanos();
                ends.add(peer.request(CleverCommand.of("position").timeout(patience))
                        .handle((value, failure) -> {
                            assertThat(failure).isInstanceOf(CleverTimeoutException.class);
                            return System.nanoTime() - due;
                        }));
                timer.schedule(patience, () -> mark.complete(System.nanoTime() - due));
                marks.add(mark);
            }
            for (int n = 0; n < REQUESTS; n++) {
                assertThat(link.frame()).contains("position");
            }
            List<Long> late = lateness(ends);
            List<Long> barely = lateness(marks);
            assertThat(late.get(0)).as("the earliest, seed %d", seed).isNotNegative();
            assertThat(late.get(ALMOST_ALL) - barely.get(ALMOST_ALL))
                    .as("how much later than a bare timer, seed %d", seed)
                    .isLessThan(MOST_LATE);
            assertThat(peer.pending()).isEmpty();
            System.out.println(String.format(
                    Locale.ROOT,
                    "requests end %.1f ms after their time, the slowest %.1f ms; a bare timer %.1f ms, %.1f ms",
                    late.get(REQUESTS / 2) / 1e6,
                    late.get(REQUESTS - 1) / 1e6,
                    barely.get(REQUESTS / 2) / 1e6,
                    barely.get(REQUESTS - 1) / 1e6));
        }
    }

    private static List<Long> lateness(List<CompletableFuture<Long>> each) {
        return each.stream().map(CompletableFuture::join).sorted().toList();
    }
}

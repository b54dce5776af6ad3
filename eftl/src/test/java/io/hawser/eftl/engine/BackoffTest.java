package io.hawser.eftl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When all servers are tried again, and in which order ({@code specs/eftl.md} 1.15). */
class BackoffTest {
    private static final long SEED = 20260725;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void waitsGrowWithJitterUpToTheLimitAndThenEnd() {
        for (long seed = SEED; seed < SEED + 200; seed++) {
            Backoff backoff = new Backoff(256, LIMIT, new Random(seed));
            for (int n = 0; n < 256; n++) {
                double grown = 1_000 * Math.pow(2, n);
                assertThat((double) backoff.next().orElseThrow().toMillis())
                        .as("wait %d, seed %d", n, seed)
                        .isBetween(Math.min(grown * 0.5, 30_000) - 1, Math.min(grown * 1.5, 30_000));
            }
            assertThat(backoff.next()).isEmpty();
            backoff.reset();
            assertThat(backoff.next().orElseThrow().toMillis()).isBetween(499L, 1_500L);
        }
    }

    @Test
    void waitsOfManyClientsAreSpread() {
        Set<Long> first = new HashSet<>();
        Random random = new Random(SEED);
        for (int client = 0; client < 100; client++) {
            first.add(new Backoff(1, LIMIT, random).next().orElseThrow().toMillis());
        }
        assertThat(first).as("seed %d", SEED).hasSizeGreaterThan(50);
    }

    @Test
    void serversAreShuffledOnceAndThenTriedInOrder() {
        List<ServerAddress> servers = ServerAddress.list("ws://a/x|ws://b/x|ws://c/x");
        Set<List<ServerAddress>> orders = new HashSet<>();
        for (long seed = SEED; seed < SEED + 100; seed++) {
            Route route = new Route(servers, new Random(seed));
            List<ServerAddress> once = round(route);
            assertThat(round(route)).as("seed %d", seed).isEqualTo(once);
            assertThat(once).containsExactlyInAnyOrderElementsOf(servers);
            orders.add(once);
        }
        assertThat(orders).hasSize(6);
    }

    private static List<ServerAddress> round(Route route) {
        route.again();
        List<ServerAddress> tried = Stream.generate(route::next)
                .limit(3)
                .map(next -> next.orElseThrow())
                .toList();
        assertThat(route.next()).isEmpty();
        return tried;
    }
}

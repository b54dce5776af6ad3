package io.hawser.eftl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order in which servers are tried ({@code specs/eftl.md} 1.15). */
class RouteTest {
    private static final long SEED = 20260725;

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

package io.hawser.clever.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is told, of those that are there, that come and that were. */
class FleetSelectionTest extends GatewayStage {
    @Test
    void oneThatHasNotSaidItsIdYetIsToldAsSoonAsItHas() throws IOException, ProtocolException {
        copter("copter-1", 0);
        awaitFleet(1);
        try (RawCopter late = new RawCopter(address)) {
            CleverFrame.Request who = request(late);
            CompletableFuture<List<FleetResult>> all = gateway.command(List.of(), "land", Fields.EMPTY);
            CompletableFuture<List<FleetResult>> named = gateway.command(List.of("raw"), "disarm", Fields.EMPTY);
            awaitDone("copter-1 land {}");
            assertThat(all).isNotDone();

            late.respond(who, Value.of("raw"));
            List<String> told = new ArrayList<>();
            while (!all.isDone() || !named.isDone()) {
                CleverFrame frame = late.frame();
                if (frame instanceof CleverFrame.Request asked) {
                    late.respond(asked, Value.of("raw"));
                } else if (frame instanceof CleverFrame.Action action) {
                    told.add(action.name());
                }
            }
            assertThat(told).containsExactly("land", "disarm");
            assertThat(copters(all)).containsExactlyInAnyOrder("copter-1", "raw");
            assertThat(copters(named)).containsExactly("raw");
        }
    }

    @Test
    void oneThatNeverSaysItsIdIsNamedByItsAddress() throws IOException, ProtocolException {
        try (RawCopter silent = new RawCopter(address)) {
            assertThat(request(silent).name()).isEqualTo("id");
            List<FleetResult> results = gateway.command(List.of(), "land", Fields.EMPTY)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(results).hasSize(1).first().satisfies(result -> {
                assertThat(result.copter()).startsWith("127.0.0.1:");
                assertThat(result.reason()).isEqualTo("it did not say who it is");
            });
        }
    }

    @Test
    void aStarStandsForAnyCharactersOfAnId() {
        copter("red-1", 0);
        copter("red-2", 0);
        copter("blue-1", 0);
        awaitFleet(3);

        assertThat(copters(gateway.command(List.of("red-*", "red-1"), "land", Fields.EMPTY)))
                .containsExactly("red-1", "red-2");
        assertThat(copters(gateway.command(List.of("*-1"), "land", Fields.EMPTY)))
                .containsExactly("blue-1", "red-1");
        assertThat(copters(gateway.command(List.of("green*"), "land", Fields.EMPTY)))
                .isEmpty();
    }

    private static CleverFrame.Request request(RawCopter copter) throws IOException, ProtocolException {
        return (CleverFrame.Request) copter.frame();
    }

    private static List<String> copters(CompletableFuture<List<FleetResult>> results) {
        return results.orTimeout(20, TimeUnit.SECONDS).join().stream()
                .filter(FleetResult::done)
                .map(FleetResult::copter)
                .toList();
    }
}

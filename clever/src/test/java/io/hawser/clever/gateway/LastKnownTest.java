package io.hawser.clever.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverPeer;
import io.hawser.core.store.record.RecordTable;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is known of a copter outlives the hub. */
@Timeout(60)
class LastKnownTest extends GatewayStage {
    private final AtomicLong millis = new AtomicLong(10_000);
    private final RecordTable<CopterRecord> table = bus.store().records().table(CopterRecord.TYPE);
    private final Loop loop = loops.next();
    private final LastKnown known = new LastKnown(table, loop, () -> Instant.ofEpochMilli(millis.get()));

    @Test
    void aCopterIsKnownAfterARestartOfTheHub() {
        CleverPeer copter = copter("copter-1", 0);
        awaitFleet(1);
        Fields telemetry = Fields.builder()
                .put("armed", Value.Bool.of(true))
                .put("battery", new Value.Sequence(List.of(Value.of(12.2), Value.of(Double.NaN))))
                .build();
        copter.send(CleverCommand.of("telemetry").with("value", new Value.Nested(telemetry)));
        await().until(() -> fleet().get(0).armed());
        gateway.close();
        copter.close();

        try (CleverGateway next = new CleverGateway(settings, bus, loops.next(), partyThread, new Random(2))) {
            address = next.start();
            assertThat(next.copters().join()).hasSize(1).first().satisfies(one -> {
                assertThat(one.id()).isEqualTo("copter-1");
                assertThat(one.online()).isFalse();
                assertThat(one.telemetry()).isEqualTo(telemetry);
                assertThat(one.telemetryAt()).isPositive();
            });
            assertThat(next.command(List.of("copter-1"), "land", Fields.EMPTY).join())
                    .containsExactly(FleetResult.failed("copter-1", "it is offline"));

            copter("copter-1", 0);
            await().until(() -> next.copters().join().get(0).online());
            assertThat(next.sendFile(List.of("copter-1"), () -> FileChannel.open(Path.of("none")), "a", false)
                            .join())
                    .as("what it said before it was away stands until it says more")
                    .first()
                    .matches(result -> result.reason().startsWith("it is armed"));
        }
    }

    @Test
    void whatACopterSaysIsKeptOnceASecondAndItsEndAlways() {
        onLoop(() -> known.here(seen(1)));
        await().until(() -> kept().isPresent());
        long first = revision();
        onLoop(() -> IntStream.range(2, 100).forEach(at -> known.here(seen(at))));
        millis.addAndGet(999);
        onLoop(() -> known.here(seen(100)));
        settle();
        assertThat(revision()).isEqualTo(first);

        millis.addAndGet(1);
        onLoop(() -> known.here(seen(101)));
        await().until(() -> kept().orElseThrow().telemetryAt() == 101);
        onLoop(() -> known.gone(seen(102)));
        await().until(() -> kept().orElseThrow().telemetryAt() == 102);
    }

    @Test
    void whatIsOnItsWayWhenTheHubStopsIsKeptBeforeItHasStopped() {
        onLoop(() -> IntStream.range(1, 100).forEach(at -> known.here(seen(at))));
        CompletableFuture.supplyAsync(known::close, loop)
                .thenCompose(kept -> kept)
                .join();
        assertThat(kept().orElseThrow().telemetryAt()).isEqualTo(99);
    }

    @Test
    void aThousandAreRememberedThoseThatWereSeenLast() {
        onLoop(() -> IntStream.range(0, 1_003).forEach(i -> known.gone(seen("c" + i, i))));
        await().until(() -> table.list("", "", 1_000).join().records().size() == 1_000
                && table.get("c1002").join().isPresent());
        assertThat(table.get("c0").join()).isEmpty();
        assertThat(table.get("c2").join()).isEmpty();
        assertThat(table.get("c3").join()).isPresent();
        LastKnown restarted = new LastKnown(table, loop, () -> Instant.ofEpochMilli(millis.get()));
        restarted.load();
        assertThat(restarted.absent()).hasSize(1_000);
    }

    @Test
    void longTelemetryIsNotKept() {
        Fields large = Fields.of("value", Value.of("x".repeat(20_000)));
        onLoop(() -> known.gone(new Copter("copter-1", "a", false, 1, "", large, 1, Optional.empty(), 0)));
        await().until(() -> kept().isPresent());
        assertThat(kept().orElseThrow().telemetry()).isEqualTo(Fields.EMPTY);
    }

    private static Copter seen(long at) {
        return seen("copter-1", at);
    }

    private static Copter seen(String id, long at) {
        return new Copter(id, "a", true, at, "", Fields.EMPTY, at, Optional.empty(), 0);
    }

    private Optional<CopterRecord> kept() {
        return table.get("copter-1").join().map(stored -> stored.value());
    }

    private long revision() {
        return table.get("copter-1").join().orElseThrow().revision();
    }

    private void onLoop(Runnable task) {
        CompletableFuture.runAsync(task, loop).join();
    }

    /** Until what was on its way to the store and back has come. */
    private void settle() {
        onLoop(() -> {});
        revision();
        onLoop(() -> {});
    }
}

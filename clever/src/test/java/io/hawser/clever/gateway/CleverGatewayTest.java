package io.hawser.clever.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverPeer;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copters that behave as originals, the real gateway and the real core on loopback. */
class CleverGatewayTest extends GatewayStage {
    @Test
    void aCopterComesAndGoesAndTellsAboutItself() {
        CleverPeer copter = copter("copter-1", 0);
        await().until(() -> !heard("clever/copter-1/state").isEmpty());
        assertThat(heard("clever/copter-1/state").get(0).fields().string("state"))
                .contains("online");

        Fields telemetry = Fields.builder()
                .put("armed", Value.Bool.of(true))
                .put("mode", "OFFBOARD")
                .build();
        copter.send(CleverCommand.of("telemetry").with("value", new Value.Nested(telemetry)));
        await().until(() -> !heard("clever/copter-1/says/telemetry").isEmpty());
        assertThat(heard("clever/copter-1/says/telemetry").get(0).fields())
                .isEqualTo(Fields.of("value", new Value.Nested(telemetry)));
        await().untilAsserted(() -> assertThat(fleet()).hasSize(1).first().satisfies(one -> {
            assertThat(one.id()).isEqualTo("copter-1");
            assertThat(one.cloverDir()).isEqualTo("/home/pi/clover");
            assertThat(one.armed()).isTrue();
            assertThat(one.online()).isTrue();
        }));

        copter.close();
        await().until(() -> heard("clever/copter-1/state").size() == 2);
        assertThat(heard("clever/copter-1/state").get(1).fields().string("state"))
                .contains("offline");
        assertThat(fleet()).hasSize(1).first().matches(one -> !one.online());
    }

    @Test
    void commandsAndRequestsReachTheCopterInItsTypes() {
        copter("copter-1", 0);
        copter("copter-2", 0);
        awaitFleet(2);

        say("clever/copter-1/takeoff_z", Fields.of("z", Value.of(1.5)), Optional.empty());
        say("clever/all/led_fill", Fields.of("red", Value.of(255L)), Optional.empty());
        say("clever/copter-2/led_fill", Fields.of("red", Value.of(256L)), Optional.empty());
        say("clever/copter-2/request/time", Fields.EMPTY, Optional.of(new ReplyTo("reply/me", 7)));
        say("clever/copter-2/request/nonsense", Fields.EMPTY, Optional.of(new ReplyTo("reply/me", 8)));
        say("clever/copter-2/start", Fields.of("time", Value.of("soon")), Optional.of(new ReplyTo("reply/me", 9)));

        await().untilAsserted(() -> assertThat(done)
                .containsExactlyInAnyOrder(
                        "copter-1 takeoff_z {z=\"1.5\":Str}",
                        "copter-1 led_fill {red=255:Int}",
                        "copter-2 led_fill {red=255:Int}"));
        await().until(() -> answer(7).isPresent() && answer(9).isPresent());
        assertThat(answer(7).orElseThrow().find("value")).isInstanceOf(Value.Real.class);
        assertThat(answer(9).orElseThrow().string("error")).contains("'time' of 'start' must be a number");
    }

    @Test
    void aCommonStartIsToldToEachInItsOwnClock() {
        copter("slow", -100);
        copter("fast", 100);
        awaitFleet(2);
        await().until(() -> fleet().stream().allMatch(one -> one.clockOffset().isPresent()));

        Instant at = Instant.parse("2027-01-31T12:00:00Z");
        List<FleetResult> results =
                gateway.start(Asker.operator(""), List.of(), at).join();
        assertThat(results).hasSize(2).allMatch(FleetResult::done);
        await().until(() -> done.size() == 2);

        assertThat(startOf("slow")).isCloseTo(at.toEpochMilli() / 1e3 - 100, within(0.2));
        assertThat(startOf("fast")).isCloseTo(at.toEpochMilli() / 1e3 + 100, within(0.2));
    }

    @Test
    void eachCopterOfASelectionHasAResult() {
        copter("copter-1", 0);
        awaitFleet(1);

        List<FleetResult> results = gateway.command(List.of("copter-1", "nobody"), "land", Fields.EMPTY)
                .join();

        assertThat(results).extracting(FleetResult::done).containsExactly(true, false);
        assertThat(results.get(1).reason()).isEqualTo("there is no copter of that id");
        assertThat(gateway.command(List.of(), "service_restart", Fields.of("name", Value.of("a; reboot")))
                        .join())
                .first()
                .matches(result ->
                        result.reason().startsWith("'name' of 'service_restart' must be the name of a service"));
    }

    @Test
    void theLaterOfTwoWithOneIdStaysAndOthersBehindTheSameAddressAreLeftAlone() {
        CleverPeer first = copter("twin", 0);
        copter("other", 0);
        awaitFleet(2);
        copter("twin", 0);
        await().until(() -> done.contains("twin gone"));

        assertThat(done).doesNotContain("other gone");
        assertThat(fleet()).hasSize(2).allMatch(Copter::online);
        first.close();
    }

    @Test
    void anEmergencyDoesNotWaitForAFile(@TempDir Path temp) throws IOException, ProtocolException {
        Path file = temp.resolve("animation.csv");
        Files.write(file, new byte[32 << 20]);
        try (RawCopter copter = new RawCopter(address);
                RawCopter again = emergency(copter, file)) {
            assertThat(again.answer(Value.of("raw")).name()).isEqualTo("id");
            assertThat(again.frame()).isInstanceOfSatisfying(CleverFrame.Action.class, first -> assertThat(first.name())
                    .isEqualTo("emergency_land"));
        }
    }

    /** A copter in the middle of a file, which is then told to land, and comes back. */
    private RawCopter emergency(RawCopter copter, Path file) throws IOException, ProtocolException {
        copter.answer(Value.of("raw"));
        copter.answer(Value.of("/clover"));
        awaitFleet(1);
        var sent = gateway.sendFile(List.of("raw"), () -> FileChannel.open(file), "animation.csv", false);
        copter.answerUntilAFileComes(Value.of(0.0));
        var landed = gateway.command(List.of("raw"), "emergency_land", Fields.EMPTY);
        assertThat(sent.orTimeout(10, TimeUnit.SECONDS).join()).noneMatch(FleetResult::done);
        RawCopter again = new RawCopter(address);
        landed.thenAccept(results -> done.add("landed " + results.get(0).done()));
        return again;
    }

    @Test
    void whoSaysNothingIsNoCopter() throws IOException {
        try (Socket silent = new Socket()) {
            silent.connect(address);
            silent.getOutputStream().write("garbage".getBytes(UTF_8));
            silent.setSoTimeout(30_000);
            awaitEnd(silent);
        }
        assertThat(fleet()).isEmpty();
        assertThat(heard).isEmpty();
    }

    private static void awaitEnd(Socket socket) throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void anArmedCopterIsSentNoFileUnlessItMustBe(@TempDir Path temp) throws IOException {
        Path file = Files.writeString(temp.resolve("animation.csv"), "0,0,0");
        CleverPeer copter = copter("copter-1", 0);
        awaitFleet(1);
        Fields armed = Fields.of("armed", Value.Bool.of(true));
        copter.send(CleverCommand.of("telemetry").with("value", new Value.Nested(armed)));
        await().until(() -> fleet().get(0).armed());

        assertThat(gateway.sendFile(List.of(), () -> FileChannel.open(file), "a.csv", false)
                        .join())
                .first()
                .matches(result -> result.reason().startsWith("it is armed"));
        assertThat(gateway.sendFile(List.of(), () -> FileChannel.open(file), "a.csv", true)
                        .join())
                .allMatch(FleetResult::done);
    }
}

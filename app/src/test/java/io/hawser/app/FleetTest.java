package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.demo.CopterWatch;
import io.hawser.app.demo.DemoFleet;
import io.hawser.app.text.JsonText;
import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code hawser fleet} and the bus, with copters that behave as originals. */
class FleetTest extends AdminStage {
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<CleverPeer> copters = new ArrayList<>();

    FleetTest() {
        super(Map.of("clever.enabled", true, "clever.port", 0, "clever.announce.enabled", false));
    }

    @AfterEach
    void land() {
        copters.forEach(CleverPeer::close);
    }

    @Test
    void coptersAreListedAndToldWhatToDo() {
        copter("alpha");
        copter("beta");
        await().until(() -> lines("fleet", "ls").size() == 2);

        assertThat(lines("fleet", "ls", "-o", "json"))
                .extracting(line -> JsonText.read(line).string("copter").orElseThrow())
                .containsExactlyInAnyOrder("alpha", "beta");
        assertThat(lines("fleet", "send", "takeoff_z", "--kwargs", "{\"z\": 2}", "alpha"))
                .containsExactly("copter=alpha  done=true");
        assertThat(lines("fleet", "land", "--all")).hasSize(2).allMatch(line -> line.endsWith("done=true"));
        assertThat(lines("fleet", "request", "selfcheck", "beta")).containsExactly("copter=beta  done=true  value=OK");
        await().untilAsserted(() -> assertThat(done)
                .containsExactlyInAnyOrder("alpha takeoff_z {z=\"2\"}", "alpha land {}", "beta land {}"));
    }

    @Test
    void aCommonStartWaitsForClocksThatAreKnown() {
        copter("alpha");
        await().until(() -> run("fleet", "start", "--in", "30", "alpha") == 0);

        await().until(() -> !done.isEmpty());
        String time = done.get(0).replaceAll("[^0-9.]", "");
        assertThat(Double.parseDouble(time)).isBetween(now() + 20, now() + 31);
    }

    @Test
    void whatCannotBeDoneIsTold() {
        assertThat(run("fleet", "land", "--all")).isEqualTo(6);
        assertThat(run("fleet", "land")).isEqualTo(2);
        assertThat(run("fleet", "send", "land", "nobody")).isEqualTo(1);
        assertThat(out.toString()).contains("copter=nobody  done=false  reason=there is no copter of that id");
        copter("alpha");
        await().until(() -> lines("fleet", "ls").size() == 1);
        assertThat(run("fleet", "check")).isEqualTo(1);
        assertThat(out.toString())
                .contains("copter=alpha  ready=false  problems=it has said nothing of itself for 5 s");
        assertThat(run("fleet", "send", "led_fill", "--kwargs", "{\"red\": 999}", "alpha"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("reason='red' of 'led_fill' must be an integer from 0 to 255");
        assertThat(run("fleet", "send", "land", "--kwargs", "nonsense", "alpha"))
                .isEqualTo(2);
        assertThat(run("fleet", "start", "--in", "-1", "alpha")).isEqualTo(2);
        for (String when : List.of("\"at\":\"2020-01-01T00:00:00Z\"", "\"at\":\"soon\"", "\"in\":1e9", "\"in\":null")) {
            assertThat(post("/api/v1/fleet/start", "{\"copters\":[\"alpha\"]," + when + "}")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(done).isEmpty();
    }

    @Test
    void aWebPageHearsACopterAndACopterHearsAWebPage() throws Exception {
        List<EftlMessage> heard = new CopyOnWriteArrayList<>();
        try (EftlConnection page = connect("page")) {
            page.subscribe(SubscribeOptions.matching("{\"_dest\":\"clever/alpha/says/*\"}"), heard::add)
                    .get(10, TimeUnit.SECONDS);
            CleverPeer alpha = copter("alpha");
            await().until(() -> lines("fleet", "ls").size() == 1);
            Fields telemetry = Fields.builder()
                    .put("mode", "OFFBOARD")
                    .put("battery", new Value.Sequence(List.of(Value.of(12.5), Value.of(0.5))))
                    .build();
            alpha.send(CleverCommand.of("telemetry").with("value", new Value.Nested(telemetry)));
            await().until(() -> !heard.isEmpty());
            assertThat(heard.get(0).fields().find("value"))
                    .isInstanceOfSatisfying(
                            Value.Nested.class,
                            value -> assertThat(value.fields().string("mode")).contains("OFFBOARD"));

            page.publish(EftlMessage.of(Fields.builder()
                            .put("_dest", "clever/alpha/led_fill")
                            .put("green", 7L)
                            .build()))
                    .get(10, TimeUnit.SECONDS);
            await().untilAsserted(() -> assertThat(done).containsExactly("alpha led_fill {green=7}"));
        }
    }

    @Test
    void simulatedCoptersBehaveAsCoptersDo() {
        String server = "127.0.0.1:" + hub.cleverAddress().orElseThrow().getPort();
        List<String> told = new CopyOnWriteArrayList<>();
        CopterWatch watch = (copter, action, how) -> told.add(copter + " " + action + (how.isEmpty() ? "" : " " + how));
        try (DemoFleet fleet = new DemoFleet(3, server, InstantSource.system(), watch)) {
            await().until(() -> lines("fleet", "ls").size() == fleet.size());
            if (fleet.apart()) {
                assertThat(String.join(" ", lines("fleet", "ls"))).contains("127.0.0.2:", "127.0.0.3:", "127.0.0.4:");
            }
            await().until(() -> lines("fleet", "ls").stream().allMatch(line -> line.contains("\"mode\":\"MANUAL\"")));
            await().untilAsserted(() ->
                    assertThat(lines("fleet", "check")).hasSize(3).allMatch(line -> line.endsWith("  ready=true")));
            assertThat(lines("fleet", "request", "selfcheck", "--all"))
                    .hasSize(3)
                    .allMatch(line -> line.endsWith("=OK"));

            assertThat(lines("fleet", "send", "takeoff_z", "--kwargs", "{\"z\": 1}", "copter-2"))
                    .hasSize(1);
            await().until(() -> lines("fleet", "ls").stream()
                    .anyMatch(line -> line.contains("copter-2") && line.contains("\"armed\":true")));
            assertThat(lines("fleet", "land", "--all")).hasSize(3);
            await().untilAsserted(() -> assertThat(told)
                    .containsExactlyInAnyOrder(
                            "copter-2 takeoff_z {z=\"1\"}", "copter-1 land", "copter-2 land", "copter-3 land"));
        }
        assertThat(run("demo", "fleet", "--count", "0")).isEqualTo(2);
        assertThat(run("demo", "fleet", "--server", "here:x")).isEqualTo(2);
    }

    private static double now() {
        return Instant.now().toEpochMilli() / 1e3;
    }

    private CleverPeer copter(String id) {
        CleverHandlers handlers = new CleverHandlers()
                .onRequest("id", call -> Value.of(id))
                .onRequest("clover_dir", call -> Value.of("/clover"))
                .onRequest("selfcheck", call -> Value.of("OK"))
                .onRequest("time", call -> Value.of(now()));
        for (String action : List.of("takeoff_z", "led_fill", "start", "land")) {
            handlers.onAction(action, call -> done.add(id + " " + action + " " + call.kwargs()));
        }
        CleverPeer peer = CleverPeer.connect(
                "127.0.0.1:" + hub.cleverAddress().orElseThrow().getPort(),
                CleverOptions.defaults().handlers(handlers).withoutExtras());
        copters.add(peer);
        return peer;
    }
}

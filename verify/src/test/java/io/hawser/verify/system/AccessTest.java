package io.hawser.verify.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.app.access.PasswordHash;
import io.hawser.clever.CleverHandlers;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pattern, a matcher or a regexp may be wider than what the rules let its owner hear: each message is judged when it is delivered,
 * whatever protocol the owner speaks.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class AccessTest {
    private static final List<String> RULES = List.of(
            "allow * * >",
            "deny bob subscribe secret/>",
            "deny ivy/lab subscribe secret/>",
            "deny clever subscribe clever/all/takeoff",
            "deny bob device.call iot/pump-1/attributes/limit",
            "deny ivy/lab device.call iot/pump-1/attributes/limit");

    private static final String PASSWORD = PasswordHash.of("hunter2").text();

    private final Map<String, List<String>> heard = new ConcurrentHashMap<>();
    private final WholeHub hub;
    private final EftlConnection alice;
    private final EftlConnection bob;

    AccessTest(@TempDir Path folder) {
        hub = new WholeHub(folder, reader -> reader.flag("test", "rules", RULES)
                .flag("test", "users.alice.password", PASSWORD)
                .flag("test", "users.bob.password", PASSWORD)
                .flag("test", "ivy.lab.patterns", List.of("^LIMIT (?<limit>\\d+)", "^MODE (?<mode>\\S+)"))
                .flag(
                        "test",
                        "relays",
                        List.of(
                                "ivy/lab/* iot/pump-1/attributes/limit value={limit}",
                                "ivy/lab/* iot/pump-1/attributes/mode value={mode}")));
        alice = hub.client("alice", EftlOptions.defaults().login("alice", "hunter2"));
        bob = hub.client("bob", EftlOptions.defaults().login("bob", "hunter2"));
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private void note(String name, String what) {
        heard.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(what);
    }

    private List<String> heard(String name) {
        return heard.getOrDefault(name, List.of());
    }

    private void say(String topic, String text) {
        alice.publish(EftlMessage.of(Fields.builder()
                        .put("_dest", topic)
                        .put("text", text)
                        .put("x", 1)
                        .build()))
                .join();
    }

    private void hear(EftlConnection who, String name, SubscribeOptions wish) {
        who.subscribe(
                        wish,
                        message -> note(name, message.fields().string("text").orElse("")))
                .join();
    }

    @Test
    void matchersAndRegexpsOfAPageHearNoMoreThanItMay() {
        hear(bob, "matcher", SubscribeOptions.matching("{\"x\":1}"));
        hear(bob, "topics", SubscribeOptions.matching("{\"_dest\":\"*/page\"}"));
        hear(bob, "regexp", SubscribeOptions.everything().regexp("^KEY .*"));
        hear(alice, "alice", SubscribeOptions.matching("{\"x\":1}"));
        say("secret/page", "KEY 1");
        say("open/page", "KEY 2");
        for (String name : List.of("matcher", "topics", "regexp")) {
            await().until(() -> heard(name).contains("KEY 2"));
            assertThat(heard(name)).as(name).doesNotContain("KEY 1");
        }
        assertThat(heard("alice")).contains("KEY 1");
    }

    @Test
    void aDurableKeepsNoMoreThanItsOwnerMayHear() {
        hear(bob, "durable", SubscribeOptions.matching("{\"x\":1}").durable("all"));
        say("secret/page", "KEY 3");
        say("kept/page", "KEY 4");
        await().until(() -> heard("durable").contains("KEY 4"));
        assertThat(heard("durable")).doesNotContain("KEY 3");
    }

    @Test
    void regexpsOfAnAgentHearNoMoreThanItsDomainMay() {
        IvyAgent lab = hub.agent("LAB", "lab", new IvyListener() {});
        IvyAgent field = hub.agent("FIELD", "field", new IvyListener() {});
        lab.bind("^KEY (.*)", (client, words) -> note("lab", words.get(0)));
        field.bind("^KEY (.*)", (client, words) -> note("field", words.get(0)));
        await().until(() -> {
            say("open/agents", "KEY there?");
            return !heard("lab").isEmpty() && !heard("field").isEmpty();
        });
        say("secret/agents", "KEY 4");
        say("open/agents", "KEY 5");
        await().until(() -> heard("lab").contains("5") && heard("field").contains("5"));
        assertThat(heard("lab")).doesNotContain("4");
        assertThat(heard("field")).contains("4");
    }

    @Test
    void aCopterHearsOfWhatAllAreToldNoMoreThanCoptersMay() {
        hub.copter(
                "copter-1",
                new CleverHandlers()
                        .onAction("takeoff", call -> note("copter", "takeoff"))
                        .onAction("flip", call -> note("copter", "flip")));
        await().until(() -> {
            alice.publish(EftlMessage.of(Fields.of("_dest", Value.of("clever/all/takeoff"))));
            alice.publish(EftlMessage.of(Fields.of("_dest", Value.of("clever/all/flip"))))
                    .join();
            return heard("copter").contains("flip");
        });
        assertThat(heard("copter")).doesNotContain("takeoff");
    }

    @Test
    void whatADeviceIsAskedIsJudgedByWhoAsksThroughARelayToo() throws Exception {
        VirtualDevice pump = hub.device("pump-1");
        pump.setOnChange(
                event -> event.changes().forEach(change -> note("pump", change.name() + "=" + change.value())));
        IvyAgent agent = hub.agent("SIM", "lab", new IvyListener() {});
        await().until(() -> agent.client("HAWSER").stream()
                .anyMatch(client -> !client.regexps().isEmpty()));
        assertThatThrownBy(() -> bob.publish(EftlMessage.of(Fields.builder()
                                .put("_dest", "iot/pump-1/attributes/limit")
                                .put("value", 7)
                                .build()))
                        .join())
                .hasMessageContaining("device.call");
        agent.send("LIMIT 8");
        agent.send("MODE slow");
        await().until(() -> heard("pump").contains("mode=slow"));
        assertThat(heard("pump")).containsExactly("mode=slow");
    }
}

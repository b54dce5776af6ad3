package io.hawser.iot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandAnswer;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.wire.Vectors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the original devices sent, byte by byte, to the real gateway: it answers as they expect, and loses and doubles nothing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReplayTest {
    private static final String URN = "urn:com:oracle:iot:device:humidity_sensor";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Map<String, String> SECRETS =
            Map.of("DEV-1", "s3cret-1", "GW-1", "s3cret-gw", "ICD-1", "icd-secret");

    private final Cloud cloud;
    private final Set<String> said = new HashSet<>();
    private final Map<String, List<Fields>> wanted = new LinkedHashMap<>();
    private final Map<String, Long> answered = new LinkedHashMap<>();

    ReplayTest(@TempDir Path folder) {
        cloud = new Cloud(folder, Cloud::impatient);
        cloud.model(
                URN,
                Vectors.calls("deviceModels/" + URN).findFirst().orElseThrow().answer());
        SECRETS.forEach(cloud::register);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    /** Where the stand-in was busy, the hub is not: it hears again what it has heard already, as after an answer that was lost. */
    @ParameterizedTest
    @ValueSource(strings = {"java1.jsonl", "javagw.jsonl", "java503.jsonl", "node-v17.jsonl"})
    void theOriginalHearsWhatItExpectsAndTheBusHearsAllOnce(String file) throws Exception {
        try (Replay replay = new Replay(cloud, SECRETS)) {
            for (Vectors.Exchange call : Vectors.exchanges(file)) {
                if (!call.url().startsWith("/mock/")) {
                    replay(replay, call);
                }
            }
        }
        assertThat(wanted).isNotEmpty();
        wanted.forEach((topic, all) -> await().untilAsserted(
                        () -> assertThat(cloud.heard(topic)).as(topic).hasSizeGreaterThanOrEqualTo(all.size())));
        wanted.forEach((topic, all) -> {
            assertThat(cloud.heard(topic)).as(topic).hasSameSizeAs(all);
            for (int i = 0; i < all.size(); i++) {
                assertThat(Replay.plain(cloud.heard(topic).get(i)))
                        .as(topic)
                        .containsAllEntriesOf(Replay.plain(all.get(i)));
            }
        });
        answered.forEach((id, status) ->
                assertThat(command(id).answer().map(CommandAnswer::status)).contains((int) (long) status));
    }

    private void replay(Replay replay, Vectors.Exchange call) throws Exception {
        if (call.status() == 200 && call.url().contains("iot.sync")) {
            for (Value request : Replay.list(replay.renamed(call.answer()))) {
                ask(((Value.Nested) request).fields());
            }
        }
        String body = replay.say(call);
        if (call.url().contains("/messages")) {
            for (Value message : body.isEmpty() ? List.<Value>of() : Replay.list(body)) {
                note(((Value.Nested) message).fields());
            }
        }
    }

    /** The operator asks a device for what the stand-in asked it for. */
    private void ask(Fields request) {
        Fields payload = Replay.nested(request, "payload");
        CommandOrder order = new CommandOrder(
                request.string("destination").orElseThrow(),
                cloud.ask(registry -> CompletableFuture.completedFuture(
                        registry.applications().named("test").orElseThrow().id())),
                request.string("source").orElseThrow(),
                payload.string("method").orElseThrow(),
                payload.string("url").orElseThrow(),
                Map.of(),
                new Value.Opaque(
                        Base64.getDecoder().decode(payload.string("body").orElseThrow())),
                LONG,
                LONG);
        cloud.ask(registry -> registry.queue(order, Requests::size));
    }

    /** What comes of {@code message}, if it was not said before. */
    private void note(Fields message) {
        Fields payload = Replay.nested(message, "payload");
        String kind = message.string("type").orElseThrow();
        if (!said.add(message.string("clientId").orElseThrow())) {
            return;
        }
        if (kind.equals("RESPONSE")) {
            Value.Int status = (Value.Int) payload.get("statusCode").orElseThrow();
            answered.put(payload.string("requestId").orElseThrow(), status.value());
        } else if (kind.equals("DATA") || kind.equals("ALERT")) {
            String topic = "iot/" + hardwareId(message.string("source").orElseThrow()) + "/"
                    + (kind.equals("DATA") ? "data/" : "alert/")
                    + payload.string("format").orElseThrow();
            wanted.computeIfAbsent(topic, fresh -> new ArrayList<>()).add(Replay.nested(payload, "data"));
        }
    }

    private String hardwareId(String endpoint) {
        return cloud.ask(registry -> CompletableFuture.completedFuture(
                registry.devices().get(endpoint).orElseThrow().hardwareId()));
    }

    private Command command(String id) {
        Optional<Command> found = cloud.ask(registry ->
                CompletableFuture.completedFuture(registry.commands().get(id)));
        return found.orElseThrow(() -> new AssertionError("no command " + id));
    }
}

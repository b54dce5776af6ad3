package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.Device;
import io.hawser.iot.wire.DirectActivation;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.Vectors;
import io.hawser.iot.wire.Vectors.Exchange;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the original Java enterprise library and device library asked in one conversation, asked of our hub: each answer has what
 * the libraries read. Ids, times, keys and tokens are variables.
 */
class OperatorTranscriptTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String URN = "urn:com:oracle:iot:device:humidity_sensor";
    private static final Set<String> TIMES = Set.of("created", "activationTime", "until", "eventTime", "lastModified");
    private static final Set<String> FREE = Set.of("clientId", "rel");

    private final Cloud cloud;
    private final RawDevice device;
    private final RawDevice operator;
    /** What stands for what is said in the transcript. */
    private final Map<String, String> variables = new TreeMap<>();

    private Optional<CompletableFuture<HttpResponse<String>>> poll = Optional.empty();
    private String expectedRequest = "";
    private int asked;

    OperatorTranscriptTest(@TempDir Path folder) throws Exception {
        cloud = new Cloud(folder);
        Exchange model = Vectors.calls("/deviceModels/" + URN).findFirst().orElseThrow();
        cloud.model(URN, model.answer());
        device = new RawDevice(cloud, "DEV-1", "s3cret-1");
        String endpoint = cloud.register("DEV-1", "s3cret-1");
        Device known = cloud.ask(registry -> registry.devices().describe(endpoint, endpoint, "", Map.of()));
        String integration = cloud.ask(registry -> registry.integrations().add(known.application(), "ops"))
                .id();
        byte[] secret = cloud.ask(registry -> CompletableFuture.completedFuture(
                registry.integrations().get(integration).orElseThrow().secret().bytes()));
        operator = new RawDevice(cloud, "ops", new String(secret, UTF_8));
        operator.integrate(integration);
        variables.put("EP-DEV-1", endpoint);
        variables.put("ENT-1", integration);
        variables.put("0-AB", known.application());
        variables.put("\"App\"", "\"test\"");
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    @Timeout(120)
    void answersWhatTheOriginalLibrariesAsk() throws Exception {
        for (Exchange call : Vectors.exchanges("javaent.jsonl")) {
            String who = call.headers().string("X-EndpointId").orElse("");
            if (call.url().contains("/activation/direct")) {
                device.activate(DirectActivation.of(call.fields()).models().toArray(String[]::new));
            } else if (who.equals("ENT-1")) {
                answersTheOperator(call);
            } else if (who.equals("EP-DEV-1") && call.url().contains("/messages")) {
                takesFromTheDevice(call);
            }
        }
        assertThat(asked).isGreaterThan(15);
    }

    private void answersTheOperator(Exchange call) throws Exception {
        HttpResponse<String> answer = operator.send(call.method(), said(call.url()), said(call.body()));
        asked++;
        assertThat(answer.statusCode()).as(call.url()).isEqualTo(call.status());
        if (call.status() >= 400) {
            return;
        }
        Fields ours = JSON.object(answer.body().getBytes(UTF_8));
        Fields theirs = JSON.object(call.answer().getBytes(UTF_8));
        learn(ours, theirs);
        // The stand-in looked neither at the filter nor at the fields.
        String expected = call.url().contains("/devices/count")
                ? "{\"count\":1}"
                : said(call.answer()).replaceAll("\"(hardwareId|activationTime)\": [^,]*,", "");
        covers(call.url(), "", new Value.Nested(ours), JSON.read(expected));
    }

    private void learn(Fields ours, Fields theirs) {
        if (theirs.has("until")) {
            variables.put(
                    Json.text(theirs.get("until").orElseThrow()),
                    Json.text(ours.get("until").orElseThrow()));
        }
        if (theirs.has("status")) {
            variables.put(theirs.string("id").orElseThrow(), ours.string("id").orElseThrow());
            variables.put("https://localhost:7443", cloud.url());
        }
    }

    private void takesFromTheDevice(Exchange call) throws Exception {
        if (call.url().contains("iot.sync")) {
            if (!call.answer().equals("[]")) {
                poll = Optional.of(device.poll(4190));
                expectedRequest = call.answer();
            }
            return;
        }
        if (poll.isPresent()) {
            Value request = new Value.Sequence(RawDevice.list(poll.get().join()));
            covers("poll", "", request, JSON.read(said(expectedRequest)));
            poll = Optional.empty();
        }
        HttpResponse<String> answer = device.post(call.url(), said(call.body()));
        assertThat(answer.statusCode()).as(call.url()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
    }

    private String said(String text) {
        String said = text;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            said = said.replace(variable.getKey(), variable.getValue());
        }
        return said;
    }

    /** Everything that {@code theirs} says, {@code ours} says too. */
    private static void covers(String call, String place, Value ours, Value theirs) throws Exception {
        String where = call + " " + place;
        if (theirs instanceof Value.Nested nested) {
            Fields have = ((Value.Nested) ours).fields();
            for (String name : nested.fields().names()) {
                Optional<Value> found = have.get(name);
                assertThat(found).as(where + "." + name + " in " + have).isPresent();
                Value wanted = nested.fields().get(name).orElseThrow();
                if (TIMES.contains(name)) {
                    assertThat(found.get()).as(where + "." + name).isInstanceOf(Value.Int.class);
                } else if (name.equals("body") && !wanted.equals(Value.of(""))) {
                    assertThat(decoded(found.get())).as(where).isEqualTo(decoded(wanted));
                } else if (!FREE.contains(name)) {
                    covers(call, place + "." + name, found.get(), wanted);
                }
            }
        } else if (theirs instanceof Value.Sequence list) {
            List<Value> have = ((Value.Sequence) ours).values();
            assertThat(have).as(where).hasSameSizeAs(list.values());
            for (int i = 0; i < have.size(); i++) {
                covers(call, place + "[" + i + "]", have.get(i), list.values().get(i));
            }
        } else {
            assertThat(ours).as(where).isEqualTo(theirs);
        }
    }

    private static Value decoded(Value base64) throws Exception {
        return JSON.read(Base64.getDecoder().decode(((Value.Str) base64).value()));
    }
}

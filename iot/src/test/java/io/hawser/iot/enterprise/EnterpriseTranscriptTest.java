package io.hawser.iot.enterprise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Value;
import io.hawser.iot.device.Provision;
import io.hawser.iot.link.Oddity;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.Vectors;
import io.hawser.iot.wire.Vectors.Exchange;
import io.hawser.net.tls.Authority;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * iot/03: our program does what the program did that drove the original Java enterprise library, and is answered likewise: it understands
 * every answer, and asks in the same words.
 */
@Timeout(60)
class EnterpriseTranscriptTest {
    private static final String URN = "urn:com:oracle:iot:device:humidity_sensor";
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String NOTHING_NEW = "{\"until\":1795224899999,\"data\":{}}";

    private final List<Exchange> calls = Vectors.exchanges("javaent.jsonl").stream()
            .filter(call -> call.headers()
                    .string("X-EndpointId")
                    .filter("ENT-1"::equals)
                    .isPresent())
            .toList();
    private final Map<String, LinkedBlockingQueue<String>> answers = new ConcurrentHashMap<>();

    private String answer(Oddity.Said call) {
        if (call.path().endsWith("/oauth2/token")) {
            return Oddity.answer(200, "{\"expires_in\":3600000,\"token_type\":\"Bearer\",\"access_token\":\"t\"}");
        }
        String next = answers.getOrDefault(place(call.method(), call.path()), new LinkedBlockingQueue<>())
                .poll();
        if (next == null) {
            return call.path().contains("/devices/data") ? Oddity.answer(200, NOTHING_NEW) : Oddity.answer(404, "");
        }
        return next;
    }

    private static String place(String method, String url) {
        return method + " " + url.split("\\?", 2)[0];
    }

    @Test
    void asksInTheWordsOfTheOriginalAndUnderstandsItsAnswers(@TempDir Path folder) throws Exception {
        for (Exchange call : calls) {
            answers.computeIfAbsent(place(call.method(), call.url()), first -> new LinkedBlockingQueue<>())
                    .add(Oddity.answer(call.status(), call.answer()));
        }
        Authority authority = new Authority(folder, "test");
        try (Oddity server = new Oddity(authority.issue("localhost"), this::answer)) {
            Path file = Provision.integration(
                    folder.resolve("e.conf"), server.url(), "ENT-1", "s3cret-ent", authority.pem());
            EnterpriseOptions options = EnterpriseOptions.defaults().monitorInterval(Duration.ofMillis(30));
            try (EnterpriseClient operator = new EnterpriseClient(file, Provision.PASSPHRASE.toCharArray(), options)) {
                converse(operator);
            }
            assertThat(said(server)).containsAll(originals());
            assertThat(server.heard("devices/data?formatLimit=10&since=1795224796082"))
                    .as("from where the answer before ended")
                    .hasSize(1);
            assertThat(server.heard("/apps")).allSatisfy(call -> assertThat(call.headers())
                    .containsEntry("x-endpointid", "ENT-1")
                    .containsEntry("authorization", "Bearer t")
                    .containsEntry("accept", "application/json"));
        }
    }

    private static void converse(EnterpriseClient operator) throws Exception {
        assertThat(operator.getApplication().id()).isEqualTo("0-AB");
        assertThat(operator.devices().page(0, Pages.MOST).items())
                .extracting(Device::hardwareId)
                .containsExactly("DEV-1");
        List<Object> heard = new CopyOnWriteArrayList<>();
        VirtualDevice sensor = operator.createVirtualDevice("EP-DEV-1", operator.getDeviceModel(URN));
        sensor.setOnChange("maxThreshold", event -> heard.add(event.change().value()));
        assertThat(sensor.get("hum")).contains(55L);
        assertThat(sensor.set("maxThreshold", 88).join().isCompleted()).isTrue();
        assertThat(sensor.call("calibrate", 2.5).join().isCompleted()).isTrue();
        Outcome patched = sensor.update().set("maxThreshold", 91).finish().join();
        assertThat(patched)
                .matches(Outcome::isCompleted)
                .extracting(Outcome::status)
                .isEqualTo(202);
        await().untilAsserted(() -> assertThat(heard).contains(88L, 91L));
    }

    /** What the original asked, but for what it asks once more in other ways, and for devices' programs, which ours needs not. */
    private List<String> originals() {
        return calls.stream()
                .filter(call ->
                        !call.url().contains("/devices/count") && !call.url().contains("/deviceApps"))
                .filter(call -> !call.url().contains("/devices?"))
                .map(call -> words(
                        call.method(),
                        call.url(),
                        call.headers().string("X-HTTP-Method-Override").orElse(""),
                        call.body()))
                .toList();
    }

    private static List<String> said(Oddity server) {
        return server.heard().stream()
                .map(call -> words(
                        call.method(),
                        call.path(),
                        call.headers().getOrDefault("x-http-method-override", ""),
                        call.body()))
                .toList();
    }

    /** Place, filter, tunnelled method and what the body says. */
    private static String words(String method, String url, String override, String body) {
        String query = URLDecoder.decode(url.replaceFirst("^[^?]*\\??", ""), UTF_8);
        String filter = query.contains("q=") ? query.replaceFirst("^.*?q=(\\{.*}).*$", "$1") : "";
        return place(method, url) + " " + filter + " " + override + " " + value(body);
    }

    private static String value(String body) {
        try {
            Value value = body.startsWith("{") ? JSON.read(body) : Value.of(body);
            return value.toString();
        } catch (ProtocolException noJson) {
            return body;
        }
    }
}

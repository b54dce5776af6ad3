package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a Prometheus server sees of a whole hub. */
class MetricsTest extends AdminStage {
    MetricsTest() {
        super(Map.of("clever.enabled", true, "clever.port", 0, "clever.announce.enabled", false));
    }

    private HttpResponse scrape(String accept) {
        return send(HttpCall.get(URI.create(url + "/metrics")).with("Accept", accept));
    }

    private List<String> lines() {
        return scrape("text/plain").text().lines().toList();
    }

    @Test
    void messagesAreCountedByProtocolAndDirection() throws Exception {
        BlockingQueue<EftlMessage> heard = new LinkedBlockingQueue<>();
        try (EftlConnection app = connect("app")) {
            app.subscribe(SubscribeOptions.matching("{\"secret-topic\":true}"), heard::add)
                    .join();
            for (int i = 0; i < 3; i++) {
                app.publish(EftlMessage.of(
                                Fields.builder().put("secret-topic", i).build()))
                        .join();
                assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
            await().untilAsserted(() -> assertThat(lines())
                    .contains(
                            "hawser_messages_total{direction=\"in\",protocol=\"eftl\"} 3.0",
                            "hawser_messages_total{direction=\"out\",protocol=\"eftl\"} 3.0",
                            "hawser_published_total 3.0",
                            "hawser_connections{protocol=\"eftl\"} 1.0",
                            "hawser_connections{protocol=\"clever\"} 0.0",
                            "hawser_dropped_messages_total{reason=\"slow_consumer\"} 0.0"));
        }
        assertThat(lines())
                .as("clients and topics are for those with a token")
                .noneMatch(line -> line.contains("secret-topic") || line.contains("\"app\""));
    }

    @Test
    void eachIsWellFormedAndExplained() {
        Pattern value =
                Pattern.compile("[a-z_:][a-z0-9_:]*(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*})? [-+0-9.eEInfNa]+");
        List<String> lines = lines();
        assertThat(lines)
                .allMatch(line -> line.startsWith("# ") || value.matcher(line).matches());
        lines.stream().filter(line -> line.startsWith("# TYPE hawser_")).forEach(type -> {
            String name = type.split(" ", -1)[2];
            assertThat(lines).anyMatch(line -> line.startsWith("# HELP " + name + " "));
        });
        assertThat(lines).anyMatch(line -> line.startsWith("jvm_memory_used_bytes"));
    }

    @Test
    void theFormatIsTheOneThatIsAskedFor() {
        HttpResponse open = scrape("application/openmetrics-text; version=1.0.0");
        assertThat(open.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("openmetrics"));
        assertThat(open.text()).endsWith("# EOF\n");
        HttpResponse plain = scrape("*/*");
        assertThat(plain.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(plain.text()).doesNotContain("# EOF");
    }

    @Test
    void durablesAreCountedForAllAndNamedForThoseWithAToken() {
        try (EftlConnection app = connect("app")) {
            app.subscribe(SubscribeOptions.everything().durable("alarms"), message -> {})
                    .join();
            app.publish(EftlMessage.of(Fields.builder().put("x", 1).build())).join();
        }
        assertThat(lines()).contains("hawser_durables 1.0").noneMatch(line -> line.contains("alarms"));
        assertThat(get("/api/v1/metrics/durables").text()).contains("durable=\"alarms\"");
        assertThat(get("/api/v1/metrics/durables?name=other").text()).doesNotContain("alarms");
        assertThat(send(HttpCall.get(URI.create(url + "/api/v1/metrics/durables")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void loopsGiveASignOfLife() {
        await().untilAsserted(() -> assertThat(lines())
                .anyMatch(line -> line.startsWith("hawser_loop_seconds_count ") && !line.endsWith(" 0")));
    }
}

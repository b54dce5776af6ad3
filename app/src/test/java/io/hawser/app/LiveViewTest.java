package io.hawser.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that look on: what they are shown of the bus, that it is never much, and that nobody is slowed by them. */
@Timeout(60)
class LiveViewTest extends AdminStage {
    private static final int ROWS = 20;

    private final HttpClient http = HttpClient.newHttpClient();

    LiveViewTest() {
        super(Map.of());
    }

    /** A viewer that reads line by line. */
    private static final class Viewer implements AutoCloseable {
        private final BufferedReader lines;
        private final List<Fields> rows = new ArrayList<>();
        private long seen;
        private long shown;

        Viewer(InputStream body) {
            lines = new BufferedReader(new InputStreamReader(body, UTF_8));
        }

        /** Reads the next line that says something. */
        Fields next() throws IOException {
            String line = lines.readLine();
            while (line != null && line.isEmpty()) {
                line = lines.readLine();
            }
            Fields told = JsonText.read(line == null ? "{}" : line);
            seen = told.find("seen") instanceof Value.Int count ? count.value() : seen;
            shown = told.find("shown") instanceof Value.Int count ? count.value() : shown;
            if (told.find("rows") instanceof Value.Sequence list) {
                assertThat(list.values()).hasSizeLessThanOrEqualTo(ROWS);
                list.values().forEach(row -> rows.add(((Value.Nested) row).fields()));
            }
            return told;
        }

        List<String> topicsOf(int count) throws IOException {
            while (rows.size() < count) {
                next();
            }
            return rows.stream().map(row -> row.string("topic").orElse("")).toList();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private HttpResponse<InputStream> look(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/live" + query))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    /** A viewer whose subscription is there. */
    private Viewer viewer(String query) throws IOException, InterruptedException {
        int before = viewers();
        HttpResponse<InputStream> answer = look(query);
        assertThat(answer.statusCode()).isEqualTo(200);
        await().until(() -> viewers() > before);
        return new Viewer(answer.body());
    }

    private int viewers() {
        return get("/api/v1/subscriptions").text().split("\"owner\":\"console/", -1).length - 1;
    }

    private static EftlMessage on(String topic, long n) {
        return EftlMessage.builder().setString("_dest", topic).setLong("n", n).build();
    }

    private static String said(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Test
    void aViewerIsShownWhatItsTopicItsRegexpAndItsFieldsLetThrough() throws Exception {
        try (EftlConnection eftl = connect("gcs");
                Viewer topic = viewer("?topic=" + said("a/*"));
                Viewer regexp = viewer("?re=" + said("n=4$"));
                Viewer match = viewer("?match=" + said("{\"n\":5,\"x\":false}"));
                Viewer all = viewer("")) {
            for (int n = 1; n <= 5; n++) {
                eftl.publish(on((n % 2 == 0 ? "a/" : "b/") + n, n)).join();
            }
            assertThat(topic.topicsOf(2)).containsExactly("a/2", "a/4");
            assertThat(regexp.topicsOf(1)).containsExactly("a/4");
            assertThat(match.topicsOf(1)).containsExactly("b/5");
            assertThat(all.topicsOf(5)).containsExactly("b/1", "a/2", "b/3", "a/4", "b/5");
            Fields row = all.rows.get(0);
            assertThat(row.string("protocol")).contains("eftl");
            assertThat(row.string("from")).contains("gcs");
            assertThat(JsonText.write(row)).endsWith("\"fields\":{\"_dest\":\"b/1\",\"n\":1}}");
            Fields line = all.next();
            while (!line.toString().contains("count")) {
                line = all.next();
            }
            assertThat(JsonText.write(line))
                    .contains("{\"topic\":\"a/2\",\"count\":1,")
                    .contains("\"last\":\"2\"}");
        }
        await().until(() -> viewers() == 0);
    }

    @Test
    void aViewerIsShownWhoItAsksForAloneAndWhatJsonCannotTell() throws Exception {
        try (EftlConnection gcs = connect("gcs");
                EftlConnection other = connect("other");
                Viewer party = viewer("?from=gcs");
                Viewer protocol = viewer("?protocol=ivy");
                Viewer all = viewer("?protocol=eftl&from=")) {
            other.publish(on("b", 1)).join();
            gcs.publish(EftlMessage.builder()
                            .setString("_dest", "a")
                            .setOpaque("raw", new byte[] {1})
                            .build())
                    .join();
            assertThat(all.topicsOf(2)).containsExactly("b", "a");
            assertThat(party.topicsOf(1)).containsExactly("a");
            assertThat(party.seen).isEqualTo(1);
            assertThat(JsonText.write(party.rows.get(0)))
                    .contains("\"types\":{\"/raw\":\"opaque\"},\"fields\":{\"_dest\":\"a\",\"raw\":\"AQ==\"}");
            assertThat(protocol.rows).isEmpty();
        }
        await().until(() -> viewers() == 0);
    }

    @Test
    void whatCannotBeLookedForIsRefusedWithItsReason() throws Exception {
        assertThat(look("?re=" + said("(")).statusCode()).isEqualTo(400);
        assertThat(look("?topic=" + said("a/>/b")).statusCode()).isEqualTo(400);
        assertThat(look("?match=" + said("[]")).statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/live?re=" + said("(")).text()).contains("Unclosed group");
    }

    @Test
    void ofManyMessagesSomeAreShownAndAllAreCounted() throws Exception {
        int many = 3_000;
        try (EftlConnection eftl = connect("gcs");
                Viewer viewer = viewer("")) {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int n = 0; n < many; n++) {
                all.add(eftl.publish(on("load/" + n % 7, n)));
            }
            CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).join();
            while (viewer.seen < many) {
                viewer.next();
            }
            assertThat(viewer.seen).isEqualTo(many);
            assertThat(viewer.shown).isEqualTo(viewer.rows.size()).isLessThan(many);
            assertThat(viewer.rows.get(viewer.rows.size() - 1).find("n")).isEqualTo(Value.of((long) many));
        }
    }

    @Test
    void aMessageThatIsTooLongForARowIsToldWithoutItsFields() throws Exception {
        try (EftlConnection eftl = connect("gcs");
                Viewer viewer = viewer("")) {
            eftl.publish(EftlMessage.builder()
                            .setString("_dest", "long")
                            .setString("x", "x".repeat(20_000))
                            .build())
                    .join();
            viewer.topicsOf(1);
            assertThat(viewer.rows.get(0).find("cut")).isEqualTo(Value.Bool.TRUE);
            assertThat(viewer.rows.get(0).has("fields")).isFalse();
        }
    }

    @Test
    void aViewerThatDoesNotReadSlowsNobodyAndLosesNothingOfOthers() throws Exception {
        int many = 4_000;
        AtomicInteger heard = new AtomicInteger();
        try (Socket stuck = new Socket();
                EftlConnection eftl = connect("gcs");
                EftlConnection other = connect("other")) {
            stuck.setReceiveBufferSize(4096);
            stuck.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), URI.create(url).getPort()));
            stuck.getOutputStream()
                    .write(("GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + TOKEN
                                    + "\r\n\r\n")
                            .getBytes(UTF_8));
            await().until(() -> viewers() == 1);
            other.subscribe(SubscribeOptions.everything(), message -> heard.incrementAndGet())
                    .join();
            String filling = "x".repeat(1_000);
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int n = 0; n < many; n++) {
                all.add(eftl.publish(EftlMessage.builder()
                        .setString("_dest", "load/" + n)
                        .setString("x", filling)
                        .build()));
            }
            CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).join();
            await().until(() -> heard.get() == many);
            assertThat(get("/api/v1/counters").text()).contains("\"counter\":\"dropped_slow_consumer\",\"count\":0,");
        }
    }

    @Test
    void soManyLookOnAndNoMore() throws Exception {
        List<InputStream> open = new ArrayList<>();
        for (int n = 0; n < 32; n++) {
            HttpResponse<InputStream> answer = look("");
            assertThat(answer.statusCode()).isEqualTo(200);
            open.add(answer.body());
        }
        assertThat(look("").statusCode()).isEqualTo(503);
        open.get(0).close();
        await().until(() -> look("").statusCode() == 200);
        for (InputStream each : open) {
            each.close();
        }
    }

    @Test
    void theConsoleIsServedToEverybodyAndRunsNothingOfOthers() {
        var page = get("/");
        assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "trusted-types 'none'")
                .doesNotContain("unsafe");
        assertThat(get("/console/main.js").header("Content-Type")).contains("text/javascript; charset=utf-8");
        for (String strange : List.of("/console/..%2fdefaults.conf", "/console/nothing.js", "/console/Pages.class")) {
            assertThat(get(strange).status()).as(strange).isEqualTo(404);
        }
    }

    @Test
    void plotsBeginWithWhatTheHubWasLikeBefore() {
        await().until(() -> get("/api/v1/series?span=5m").text().contains("\"heap\":["));
        assertThat(get("/api/v1/series?span=5m").text()).contains("\"step\":1,", "\"in.eftl\":[", "\"disk\":[-1");
        assertThat(get("/api/v1/series?span=24h").text()).contains("\"step\":120,", "\"heap\":[]");
        assertThat(get("/api/v1/series?span=1w").status()).isEqualTo(400);
        try (EftlConnection eftl = connect("gcs")) {
            eftl.publish(on("a", 1)).join();
        }
        assertThat(get("/api/v1/events?limit=1").text()).contains("\"party\":\"eftl/channel/gcs\"");
    }
}

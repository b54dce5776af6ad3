package io.hawser.verify.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.verify.bench.store.NatsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever watches over a hub hears that NATS is away, though nobody asks the hub for anything. */
@Timeout(60)
class NatsReadyTest {
    private static final String TOKEN = "0123456789abcdef";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path streams;

    @Test
    void aHubIsNotReadyWhileNatsIsAwayAndLivesAllTheSame() throws Exception {
        Optional<NatsServer> installed = NatsServer.start(streams);
        assumeTrue(installed.isPresent(), "nats-server is not installed");
        NatsServer first = installed.orElseThrow();
        try (first;
                Hub hub = hub(first.url())) {
            String url = hub.adminUrl().orElseThrow();
            assertThat(get(url + "/healthz/ready").body())
                    .isEqualTo("{\"status\":\"ok\",\"checks\":{\"store\":\"ok\",\"nats\":\"ok\",\"open\":\"ok\"}}");
            assertThat(get(url + "/metrics").body()).contains("hawser_store_ready 1");
            assertThat(get(url + "/api/v1/store").body())
                    .startsWith(
                            "{\"engine\":\"nats\",\"place\":\"" + first.url() + " (store hawser)\",\"taking\":true,")
                    .contains("\"version\":\"2.")
                    .endsWith("\"servers\":1,\"replicas\":1}");

            first.close();

            await().until(() -> get(url + "/healthz/ready").statusCode() == 503);
            assertThat(get(url + "/healthz/ready").body()).contains("\"store\":\"ok\",\"nats\":\"failed\"");
            assertThat(get(url + "/healthz/live").statusCode()).isEqualTo(200);
            assertThat(get(url + "/metrics").body())
                    .contains("hawser_store_ready 0")
                    .contains("hawser_store_away_total 1");
            assertThat(get(url + "/api/v1/store").body())
                    .contains("\"taking\":false,")
                    .contains("it is not there");
            try (NatsServer again =
                    NatsServer.start(streams, first.address().getPort()).orElseThrow()) {
                await().until(() -> get(url + "/healthz/ready").statusCode() == 200);
                assertThat(again.process().isAlive()).isTrue();
                assertThat(hub.failure()).isNotDone();
            }
        }
    }

    private static Hub hub(String nats) {
        return Hub.start(new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "admin.port", 0)
                .flag("test", "admin.token", TOKEN)
                .flag("test", "store.engine", "nats")
                .flag("test", "store.nats.url", nats)
                .flag("test", "store.nats.lease", "1s")
                .read());
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + TOKEN)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}

package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.admin.TokenFile;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpResponse;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a hub tells about itself over HTTP and on the command line, and to whom. */
class AdminTest extends AdminStage {
    @TempDir
    private Path home;

    AdminTest() {
        super(Map.of());
    }

    @Test
    void saysNothingWithoutATokenInItsConfiguration() {
        try (Hub closed = Hub.start(
                new ConfigReader(Map.of()).flag("test", "eftl.port", 0).read())) {
            assertThat(closed.adminUrl()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/subscriptions,                   , 401",
        "/api/v1/subscriptions, 0123456789abcdeF,   401",
        "/api/v1/nothing,                         , 401",
        "/api/v1/subscriptions, 0123456789abcdef,   200",
        "/api/v1/clients,       0123456789abcdef,   200",
        "/api/v1/durables,      0123456789abcdef,   200",
        "/api/v1/nothing,       0123456789abcdef,   404",
        "/api/v1/clients?limit=0,     0123456789abcdef, 400",
        "/api/v1/clients?limit=1001,  0123456789abcdef, 400",
        "/api/v1/clients?limit=1000,  0123456789abcdef, 200",
        "/api/v1/clients?offset=-1,   0123456789abcdef, 400",
        "/healthz/live,                           , 200",
        "/healthz/ready,                          , 200",
        "/livez,                                  , 200",
        "/readyz,                                 , 200"
    })
    void opensToWhoeverShowsTheToken(String path, String token, int status) {
        HttpCall call = HttpCall.get(URI.create(url + path));
        HttpResponse answer = send(token == null ? call : call.with("Authorization", "Bearer " + token));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @Test
    void answersUnderItsOwnAddressAlone() {
        assertThat(get("/healthz/live").status()).isEqualTo(200);
        // A name that leads here but is not ours is what DNS rebinding looks like.
        HttpCall strangeName = HttpCall.get(URI.create(url + "/healthz/live")).with("Host", "evil.example");
        HttpResponse strange = send(strangeName);
        assertThat(strange.status()).isEqualTo(421);
        HttpCall foreign = HttpCall.get(URI.create(url + "/healthz/live")).with("Origin", "http://evil.example");
        assertThat(send(foreign).status()).isEqualTo(403);
    }

    @Test
    void listsClientsSubscriptionsAndDurablesInPages() {
        try (EftlConnection connection = connect("gcs")) {
            connection
                    .subscribe(SubscribeOptions.matching("{\"kind\":\"gps\",\"lat\":true}"), message -> {})
                    .join();
            connection.subscribe(SubscribeOptions.everything(), message -> {}).join();

            assertThat(get("/api/v1/clients").text())
                    .matches(
                            "\\{\"total\":1,\"offset\":0,\"items\":\\["
                                    + "\\{\"protocol\":\"eftl\",\"channel\":\"channel\",\"id\":\"gcs\",\"address\":\"127.0.0.1:\\d+\","
                                    + "\"state\":\"here\",\"since\":\"[^\"]+\",\"waiting\":0,\"queue\":10000,\"dropped\":0,\"in\":\\d,\"out\":0}]}");
            assertThat(get("/api/v1/subscriptions").text())
                    .contains("\"total\":2")
                    .contains("\"owner\":\"gcs\"")
                    .contains("\"match\":{\"kind\":\"gps\",\"lat\":true}");
            assertThat(get("/api/v1/subscriptions?limit=1&offset=1").text())
                    .startsWith("{\"total\":2,\"offset\":1,\"items\":[{")
                    .doesNotContain("},{");
            assertThat(get("/api/v1/durables").text()).isEqualTo("{\"total\":0,\"offset\":0,\"items\":[]}");
        }
    }

    @Test
    void theCommandLineReadsTheSame() {
        try (EftlConnection connection = connect("gcs")) {
            connection.subscribe(SubscribeOptions.everything(), message -> {}).join();

            assertThat(run(Map.of("HAWSER_TOKEN", TOKEN), "client", "ls", "--admin", url, "-o", "json"))
                    .as(err.toString())
                    .isZero();
            assertThat(run(Map.of("HAWSER_ADMIN_URL", url), "subs", "--token", TOKEN))
                    .isZero();
            assertThat(out.toString().lines())
                    .satisfiesExactly(
                            client -> assertThat(client)
                                    .startsWith("{\"protocol\":\"eftl\",\"channel\":\"channel\",\"id\":\"gcs\","),
                            subscription -> assertThat(subscription).isEqualTo("kind=live  owner=gcs  topic=>"));
        }
    }

    @Test
    void theCommandLineFindsTheTokenThatTheHubLeft() {
        Map<String, String> environment = Map.of("HOME", home.toString(), "HAWSER_ADMIN_URL", url);
        assertThat(run(environment, "durable", "ls")).isEqualTo(4);
        assertThat(err.toString()).contains("wants its admin token: --token, or HAWSER_TOKEN");

        TokenFile.of(environment, URI.create(url).getPort()).orElseThrow().write(TOKEN);
        assertThat(run(environment, "durable", "ls")).isZero();
        assertThat(run(environment, "durable", "ls", "--token", "another")).isEqualTo(4);
        hub.close();
        assertThat(run(environment, "durable", "ls")).isEqualTo(3);
        assertThat(run(environment, "durable", "ls", "--admin", "x y")).isEqualTo(2);
    }
}

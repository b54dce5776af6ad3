package io.hawser.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.access.Token;
import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.net.Loops;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.tls.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users and tokens of a hub as operators of its devices, by HTTP Basic. */
@Timeout(60)
class OperatorLoginTest {
    /** {@code hunter2}; a cheap one: bcrypt of the least cost. */
    private static final String HASH = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    private static final String TOKEN = Token.random(new SecureRandom());

    private final Hub hub;
    private final Loops loops = Loops.start(1, "test");
    private final HttpClient client;

    OperatorLoginTest(@TempDir Path folder) throws IOException {
        DevelopmentAuthority own = DevelopmentAuthority.in(folder, Instant.now());
        Path file = Files.writeString(folder.resolve("hawser.conf"), """
                hawser {
                  eftl.port = 0
                  iot { enabled = true, port = 0, tls { certificate = "CERTIFICATE", key = "KEY" } }
                  tokens { screen { sha256 = "DIGEST" } }
                  users { alice { password = "HASH" } }
                  rules = ["allow alice * >"]
                }
                """.replace("HASH", HASH)
                .replace("DIGEST", Token.digest(TOKEN))
                .replace("CERTIFICATE", own.certificate().toString())
                .replace("KEY", own.key().toString()));
        hub = Hub.start(new ConfigReader(Map.of()).file(file).read());
        client = new HttpClient(loops.next(), HttpClient.Options.defaults().with(TlsTrust.pem(own.trust())));
    }

    @AfterEach
    void closeHub() {
        client.close();
        loops.close();
        hub.close();
    }

    @Test
    void aUserOrATokenOfTheHubIsLetInAndGuessersHaveToWait() {
        HttpResponse nowhere = devices("alice", "hunter2");
        assertThat(nowhere.status()).isEqualTo(409);
        assertThat(nowhere.text()).contains("hawser app add NAME makes one");
        hub.iot()
                .orElseThrow()
                .ask(registry -> registry.applications().add("lab", "", Map.of()))
                .join();
        assertThat(devices("alice", "hunter2").status()).isEqualTo(201);
        HttpResponse screen = devices("$token", TOKEN);
        assertThat(screen.status()).isEqualTo(403);
        assertThat(screen.text()).contains("hawser.rules must let screen admin.write on iot/pump-7");
        assertThat(devices("alice", "").status()).isEqualTo(401);
        assertThat(devices("$token", "guess").text()).contains("unknown or expired token");
        for (int i = 1; i < 15; i++) {
            assertThat(devices("alice", "guess").text()).contains("unknown user or wrong password");
        }
        HttpResponse late = devices("alice", "hunter2");
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.text()).contains("too many failed logins from 127.0.0.1");
    }

    private HttpResponse devices(String user, String password) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return client.send(HttpCall.of("POST", URI.create(hub.iotUrl().orElseThrow() + "/iot/api/v2/devices"))
                        .with("Authorization", "Basic " + pair)
                        .with("application/json", "{\"hardwareId\":\"pump-7\"}".getBytes(UTF_8)))
                .join();
    }
}

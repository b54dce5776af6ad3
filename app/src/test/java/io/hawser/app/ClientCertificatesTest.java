package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.net.tls.Authority;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are known by their certificates, and those that are not believed. */
@Timeout(60)
class ClientCertificatesTest {
    private static final String PASSWORD = "open sesame";

    private final Instant later = Instant.now().plus(Duration.ofDays(30));
    private final Path folder;
    private final Authority authority;
    private final Path trust;
    private final Authority.Issued revoked;
    private Hub hub;

    ClientCertificatesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        authority = new Authority(folder, "authority");
        trust = authority.pem();
        authority.issue("127.0.0.1").write("hub");
        revoked = authority.issue("mallory");
        authority.revoke("revoked.pem", later, revoked);
        hub = start("want");
    }

    private Hub start(String asked) throws IOException {
        Path file = Files.writeString(folder.resolve("hawser.conf"), """
                hawser {
                  eftl { port = 0, tls {
                    certificate = "FOLDER/hub.crt", key = "FOLDER/hub.key"
                    client-auth = ASKED, client-trust = "TRUST", client-crl = "FOLDER/revoked.pem"
                  } }
                  rules = ["allow alice publish,subscribe a", "allow mallory * >", "allow bob * >"]
                }
                """.replace("FOLDER", folder.toString())
                .replace("TRUST", trust.toString())
                .replace("ASKED", asked));
        return Hub.start(new ConfigReader(Map.of()).file(file).read());
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    /** A client that has {@code own}'s certificate, and believes {@code authority}; null: it has none. */
    private HttpClient client(Authority.@Nullable Issued own) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            Authority.Issued any = own == null ? authority.issue("nobody") : own;
            try (InputStream in = Files.newInputStream(any.pkcs12(PASSWORD))) {
                store.load(in, PASSWORD.toCharArray());
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            try (InputStream in = Files.newInputStream(trust)) {
                trusted.setCertificateEntry(
                        "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
            TrustManagerFactory believed = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            believed.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(own == null ? null : keys.getKeyManagers(), believed.getTrustManagers(), null);
            return HttpClient.newBuilder().sslContext(tls).build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> publish(HttpClient client, String topic) throws IOException, InterruptedException {
        URI at = URI.create(hub.eftlUrl().replace("wss://", "https://") + "/v1/publish");
        return client.send(
                HttpRequest.newBuilder(at)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"_dest\":\"" + topic + "\",\"x\":1}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whoShowsACertificateIsWhoItSaysAndRulesBindIt() throws Exception {
        HttpClient alice = client(authority.issue("alice"));
        assertThat(publish(alice, "a").statusCode()).isEqualTo(200);
        HttpResponse<String> other = publish(alice, "b");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body()).contains("alice may not publish on b");
        HttpResponse<String> carol = publish(client(authority.issue("carol")), "a");
        assertThat(carol.body()).contains("carol may not publish on a");
    }

    @Test
    void whoShowsNoneMustLogIn() throws Exception {
        assertThat(publish(client(null), "a").statusCode()).isEqualTo(401);
    }

    @Test
    void aWebSocketOfSomebodyWithACertificateIsWelcomedWithoutAUser() throws Exception {
        CompletableFuture<String> welcome = new CompletableFuture<>();
        WebSocket socket = client(authority.issue("alice"))
                .newWebSocketBuilder()
                .subprotocols("v1.eftl.tibco.com")
                .buildAsync(URI.create(hub.eftlUrl()), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        welcome.complete(data.toString());
                        return null;
                    }
                })
                .get(20, TimeUnit.SECONDS);
        socket.sendText(
                        "{\"op\":1,\"client_type\":\"js\",\"client_version\":\"1\",\"protocol\":1,\"user\":\"\","
                                + "\"password\":\"\",\"login_options\":{}}",
                        true)
                .get(20, TimeUnit.SECONDS);
        assertThat(welcome.get(20, TimeUnit.SECONDS)).contains("\"op\":2");
        socket.abort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"revoked", "expired", "stranger"})
    void whoIsNotBelievedIsTurnedAway(String who) throws Exception {
        Authority.Issued own =
                switch (who) {
                    case "revoked" -> revoked;
                    case "expired" -> authority.issue("bob", "EC", Instant.now().minus(Duration.ofDays(1)));
                    default -> new Authority(Files.createDirectory(folder.resolve("far")), "authority").issue("bob");
                };
        HttpClient client = client(own);
        assertThatThrownBy(() -> publish(client, "a")).isInstanceOf(IOException.class);
        assertThat(publish(client(authority.issue("bob")), "a").statusCode()).isEqualTo(200);
    }

    @Test
    void aListThatChangesIsTakenUpAndWhoIsOnItIsTurnedAway() throws Exception {
        Authority.Issued bob = authority.issue("bob");
        assertThat(publish(client(bob), "a").statusCode()).isEqualTo(200);
        authority.revoke("revoked.pem", later, revoked, bob);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThatThrownBy(() -> publish(client(bob), "a"))
                .isInstanceOf(IOException.class));
    }

    @Test
    void whereOneIsNeededNobodyGetsInWithout() throws Exception {
        hub.close();
        hub = start("need");
        assertThatThrownBy(() -> publish(client(null), "a")).isInstanceOf(IOException.class);
        assertThat(publish(client(authority.issue("alice")), "a").statusCode()).isEqualTo(200);
    }
}

package io.hawser.verify.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.app.authority.LocalAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.Configuration;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.store.nats.NatsSettings;
import io.hawser.store.nats.NatsStore;
import io.hawser.verify.bench.store.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who a hub is at a real server, and whether the server is who it should be, as the configuration says it. */
@Timeout(60)
class NatsAccessTest {
    private static final String PASSWORD = "canary-password-7Qx";

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void issue() {
        LocalAuthority authority = LocalAuthority.create(folder, "test", Instant.now());
        authority.issue(folder, "server", List.of("127.0.0.1"), Instant.now());
        authority.issue(folder, "stranger", List.of("nats.example"), Instant.now());
        Path others = folder.resolve("others");
        LocalAuthority.create(others, "others", Instant.now());
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static NatsServer server(String... more) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nats-server")), "nats-server is not installed");
        int port = NatsServer.freePort();
        return NatsServer.start(folder.resolve("streams" + port), port, more).orElseThrow();
    }

    private static NatsServer guarded(String certificate, String... more) throws Exception {
        String[] options = {"--tls", "--tlscert", file(certificate + ".crt"), "--tlskey", file(certificate + ".key")};
        String[] all = Arrays.copyOf(options, options.length + more.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        return server(all);
    }

    private static Configuration configuration(Map<String, String> nats) {
        ConfigReader reader = new ConfigReader(Map.of()).flag("test", "store.engine", "nats");
        nats.forEach((key, value) -> reader.flag("test", "store.nats." + key, value));
        return reader.readAll();
    }

    /** Opens the store and closes it. */
    private static void use(Map<String, String> nats) {
        open(configuration(nats).hub().nats().orElseThrow());
    }

    /** The same, waiting less: whoever is not let in hears of it when that time is over. */
    private static void useInVain(Map<String, String> nats) {
        NatsSettings settings = configuration(nats).hub().nats().orElseThrow();
        open(new NatsSettings(
                settings.url(),
                settings.name(),
                settings.replicas(),
                Duration.ofMillis(500),
                settings.lease(),
                settings.access()));
    }

    private static void open(NatsSettings settings) {
        NatsStore.open(
                        settings,
                        "hub",
                        InstantSource.system(),
                        DurableListener.NONE,
                        StoreLimits.ON_DISK,
                        failure -> {})
                .close();
    }

    private static String as(NatsServer server, String scheme, String who) {
        return server.url().replace("nats://", scheme + "://" + who);
    }

    @Test
    void aServerWithTlsIsBelievedByItsAuthorityAndItsName() throws Exception {
        try (NatsServer server = guarded("server", "--user", "hub", "--pass", PASSWORD)) {
            String url = as(server, "tls", "hub:" + PASSWORD + "@");
            use(Map.of("url", url, "trust", file("ca.crt")));
            use(Map.of("url", url.replace("tls:", "nats:"), "trust", file("ca.crt")));
            assertThatThrownBy(() -> useInVain(Map.of("url", url, "trust", file("others/ca.crt"))))
                    .hasMessageStartingWith("there is no TLS with the NATS server at " + as(server, "tls", "") + ": ")
                    .hasMessageContaining("store.nats.trust must be the authority of its certificate")
                    .hasMessageNotContaining(PASSWORD);
            assertThatThrownBy(() -> useInVain(Map.of("url", url.replace("tls:", "nats:"))))
                    .hasMessageContaining("talks with TLS alone: SSL required by server.; say tls:// in store.nats.url")
                    .hasMessageNotContaining(PASSWORD);
            assertThatThrownBy(
                            () -> useInVain(Map.of("url", url.replace(PASSWORD, "guess-9Zz"), "trust", file("ca.crt"))))
                    .hasMessageContaining("lets nobody in by this user and password")
                    .hasMessageNotContaining("guess-9Zz");
        }
    }

    @Test
    void aServerWithoutTlsIsNotTalkedToInTheClear() throws Exception {
        try (NatsServer server = server()) {
            assertThatThrownBy(() -> useInVain(Map.of("url", as(server, "tls", ""), "trust", file("ca.crt"))))
                    .hasMessageContaining("has no TLS")
                    .hasMessageContaining("give it a certificate");
        }
    }

    @Test
    void aCertificateForAnotherHostIsNotBelieved() throws Exception {
        try (NatsServer server = guarded("stranger")) {
            assertThatThrownBy(() -> useInVain(Map.of("url", as(server, "tls", ""), "trust", file("ca.crt"))))
                    .hasMessageContaining("127.0.0.1")
                    .hasMessageContaining("must be for the host in store.nats.url");
        }
    }

    @Test
    void aServerThatAsksForACertificateIsShownOne() throws Exception {
        shown();
        try (NatsServer server = guarded("server", "--tlsverify", "--tlscacert", file("hub.crt"))) {
            String url = as(server, "tls", "");
            use(Map.of("url", url, "trust", file("ca.crt"), "certificate", file("hub.crt"), "key", file("hub.key")));
            assertThatThrownBy(() -> useInVain(Map.of("url", url, "trust", file("ca.crt"))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(url);
        }
    }

    /** Makes {@code hub.crt}, which signs itself and is for clients, and {@code hub.key}. */
    private static void shown() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hub",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hub",
                        "-ext",
                        "eku=clientAuth",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file("hub.p12"),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance(folder.resolve("hub.p12").toFile(), PASSWORD.toCharArray());
        pem("hub.crt", "CERTIFICATE", store.getCertificate("hub").getEncoded());
        pem(
                "hub.key",
                "PRIVATE KEY",
                store.getKey("hub", PASSWORD.toCharArray()).getEncoded());
    }

    private static void pem(String name, String kind, byte[] bytes) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                folder.resolve(name), "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }

    @Test
    void aTokenLetsInAndIsNeverShown() throws Exception {
        try (NatsServer server = server("--auth", PASSWORD)) {
            use(Map.of("url", server.url(), "token", PASSWORD));
            assertThatThrownBy(() -> useInVain(Map.of("url", server.url(), "token", "guess-9Zz")))
                    .hasMessageContaining("lets nobody in by this token")
                    .hasMessageEndingWith("; correct store.nats.token")
                    .hasMessageNotContaining("guess-9Zz");
        }
        Configuration read = configuration(Map.of("url", "nats://hub:" + PASSWORD + "@b:1", "token", PASSWORD));
        assertThat(read.settings()).anyMatch(each -> each.key().endsWith("nats.token"));
        assertThat(read.settings().toString() + read.hub().place()).contains("nats.token");
        assertThat(read.hub().nats().orElseThrow().access().toString()).doesNotContain(PASSWORD);
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThatThrownBy(() -> configuration(Map.of("certificate", file("server.crt"))))
                .hasMessageContaining("needs hawser.store.nats.key too");
        assertThatThrownBy(() -> configuration(Map.of("creds", "a.creds", "token", "t")))
                .hasMessageContaining("are two ways to say who the hub is; say one");
        assertThatThrownBy(() -> configuration(Map.of("trust", file("none.pem"))))
                .hasMessageContaining("there is no such file");
    }
}

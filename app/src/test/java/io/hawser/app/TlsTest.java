package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Terminal;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.net.tls.Authority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub whose listeners speak TLS, and who trusts it. */
@Timeout(60)
class TlsTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final int MANY = 200;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Authority authority;
    private final Path trusted;
    private final Hub hub;

    TlsTest(@TempDir Path folder) throws IOException {
        authority = new Authority(folder, "authority");
        trusted = authority.pem();
        authority.issue("127.0.0.1").write("hub");
        Path store = authority.issue("127.0.0.1").pkcs12("open sesame");
        Path file = Files.writeString(folder.resolve("hawser.conf"), """
                hawser {
                  eftl { port = 0, tls { certificate = "FOLDER/hub.crt", key = "FOLDER/hub.key" } }
                  admin { port = 0, token = "TOKEN", tls { keystore = "STORE", password = "open sesame" } }
                }
                """.replace("FOLDER", folder.toString())
                .replace("STORE", store.toString())
                .replace("TOKEN", TOKEN));
        hub = Hub.start(new ConfigReader(Map.of()).file(file).read());
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    @Test
    void theCommandLineTrustsWhomItIsTold() {
        assertThat(hub.eftlUrl()).startsWith("wss://127.0.0.1:");
        assertThat(run(Map.of(), "pub", "--tlsca", trusted.toString(), "a", "x=1"))
                .isZero();
        assertThat(run(Map.of("HAWSER_TLSCA", trusted.toString()), "pub", "a", "x=1"))
                .isZero();
        assertThat(run(Map.of(), "pub", "--insecure", "a", "x=1")).isZero();
        assertThat(run(Map.of(), "pub", "a", "x=1")).isEqualTo(3);
        assertThat(err.toString()).endsWith("trust its authority: --tlsca FILE with its certificate\n");
        assertThat(run(Map.of(), "pub", "--tlsca", "/nowhere.pem", "a", "x=1")).isEqualTo(2);
        assertThat(err.toString())
                .endsWith("hawser pub: --tlsca: cannot read certificates from /nowhere.pem: there is no such file\n");
    }

    @Test
    void theAdminListenerIsEncryptedToo() {
        String admin = hub.adminUrl().orElseThrow();
        assertThat(admin).startsWith("https://127.0.0.1:");
        assertThat(run(Map.of(), "subs", "--admin", admin, "--token", TOKEN, "--tlsca", trusted.toString()))
                .isZero();
        assertThat(run(Map.of(), "subs", "--admin", admin, "--token", TOKEN)).isEqualTo(3);
        assertThat(err.toString()).endsWith("--tlsca FILE with its certificate\n");
    }

    @Test
    void whoSpeaksWithoutTlsIsToldNothing() {
        String plain = hub.eftlUrl().replace("wss://", "ws://");
        assertThat(run(Map.of(), "pub", "-s", plain, "a", "x=1")).isEqualTo(3);
    }

    @Test
    void aNewCertificateIsTakenUpUnderManyConnectionsThatAllStay() throws Exception {
        EftlOptions options = EftlOptions.defaults().trustStore(trusted).autoReconnectAttempts(0);
        List<EftlConnection> before = new ArrayList<>();
        while (before.size() < MANY) {
            // a few at a time, as a handshake may take no longer than some seconds
            Stream.generate(() -> Eftl.connect(hub.eftlUrl(), options))
                    .limit(20)
                    .toList()
                    .forEach(each -> before.add(each.join()));
        }
        Authority.Issued next = authority.issue("127.0.0.1");
        assertThat(certificate()).isNotEqualTo(next.certificate());
        next.write("hub");
        await().atMost(Duration.ofSeconds(20)).until(() -> certificate().equals(next.certificate()));
        assertThat(before.stream().map(each -> each.publish(EftlMessage.ofText("still here"))).toList().stream()
                        .map(CompletableFuture::join))
                .hasSize(MANY)
                .containsOnly(0);
        before.forEach(EftlConnection::close);
    }

    /** The JDK itself says no TLS 1.1 any more, so this is what a client's first record looks like (RFC 4346, 7.4.1.2). */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whoSpeaksAnOlderTlsIsRefused(int minor) throws IOException {
        ByteBuffer hello = ByteBuffer.allocate(56)
                .put(new byte[] {22, 3, 1, 0, 51, 1, 0, 0, 47, 3, (byte) minor})
                .put(new byte[32])
                // no session, four usual ciphers, no compression
                .put(new byte[] {0, 0, 8, 0, 0x2f, 0, 0x35, (byte) 0xc0, 0x13, (byte) 0xc0, 0x14, 1, 0});
        URI address = URI.create(hub.eftlUrl());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello.array());
            byte[] answer = socket.getInputStream().readNBytes(7);
            // a record of the kind alert: fatal, protocol_version
            assertThat(answer).startsWith(21, 3).endsWith(2, 70);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** What REST shows of the hub's certificate. */
    private X509Certificate certificate() throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(trusted)) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpRequest publish = HttpRequest.newBuilder(
                        URI.create(hub.eftlUrl().replace("wss://", "https://") + "/v1/publish"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"x\":1}"))
                .build();
        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(publish, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("{\"receivers\":0}\n");
        SSLSession session = answer.sslSession().orElseThrow();
        return (X509Certificate) session.getPeerCertificates()[0];
    }

    private int run(Map<String, String> variables, String... line) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HAWSER_URL", hub.eftlUrl());
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                environment,
                () -> Instant.EPOCH,
                ZoneOffset.UTC);
        return Hawser.commandLine(terminal).execute(line);
    }
}

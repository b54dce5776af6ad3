package io.hawser.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpServer;
import io.hawser.net.http.Route;
import io.hawser.net.http.Routes;
import io.hawser.net.line.LineClient;
import io.hawser.net.line.LineConnection;
import io.hawser.net.line.LineHandler;
import io.hawser.net.line.LineServer;
import io.hawser.net.tls.Authority;
import io.hawser.net.tls.TlsIdentity;
import io.hawser.net.tls.TlsTrust;
import io.hawser.net.tls.UnusableTlsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    private static final NetLimits LIMITS = Net.LIMITS.withTlsTimeout(Duration.ofMillis(800));

    private final Net net = new Net();
    private final Recorder server = new Recorder();

    @TempDir
    private Path folder;

    private Authority authority;
    private TlsTrust trust;

    @BeforeEach
    void found() {
        authority = new Authority(folder, "Test");
        trust = TlsTrust.pem(authority.pem());
    }

    @AfterEach
    void close() {
        net.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void carriesAWebSocket(String algorithm) {
        Instant until = Instant.now().plusSeconds(3600);
        TlsIdentity identity = authority.issue("127.0.0.1", algorithm, until).identity("good");
        assertThat(identity.validUntil().getEpochSecond()).isEqualTo(until.getEpochSecond());
        Listener listener = serve(identity);
        Recorder client = connect("127.0.0.1", listener, trust);

        client.onLoop(socket -> socket.sendText("x".repeat(1 << 20).getBytes(UTF_8)));
        server.awaits("text of " + (1 << 20));
        server.onLoop(socket -> socket.sendText("and back".getBytes(UTF_8)));
        client.awaits("text and back");

        client.onLoop(socket -> socket.close(1000, "enough"));
        assertThat(server.end()).isEqualTo("closed 1000 enough");
        assertThat(client.end()).startsWith("closed 1000");
    }

    @Test
    void readsAPkcs12Store() {
        Path store = authority.issue("localhost").pkcs12("secret");
        Listener listener = serve(TlsIdentity.pkcs12(store, "secret"));
        connect("localhost", listener, TlsTrust.pkcs12(store, "secret")).awaits("opened");
        assertThatThrownBy(() -> TlsIdentity.pkcs12(store, "wrong"))
                .isInstanceOf(UnusableTlsException.class)
                .hasMessageContaining("is its password right?");
    }

    @Test
    void refusesAnExpiredCertificate() {
        Authority.Issued old = authority.issue("127.0.0.1", "EC", Instant.now().minusSeconds(60));
        assertThat(failure(old, trust)).contains("the server's certificate has expired");
    }

    @Test
    void refusesACertificateOfAnotherHost() {
        assertThat(failure(authority.issue("10.9.8.7"), trust))
                .contains("the server's certificate is for another host");
        Listener listener = serve(authority.issue("10.9.8.7").identity("other"));
        connect("127.0.0.1", listener, trust.withoutHostCheck()).awaits("opened");
    }

    @Test
    void refusesAnUnknownAuthority() {
        Authority stranger = new Authority(folder, "Stranger");
        assertThat(failure(stranger.issue("127.0.0.1"), trust)).contains("nobody whom this client trusts");
        assertThat(failure(stranger.issue("127.0.0.1"), TlsTrust.system())).contains("nobody whom this client trusts");
        connect("127.0.0.1", serve(stranger.issue("127.0.0.1").identity("s")), TlsTrust.everybody())
                .awaits("opened");
    }

    @Test
    void speaksNothingOlderThanTls12() throws Exception {
        Listener listener = serve(authority.issue("127.0.0.1").identity("good"));
        for (String version : List.of("TLSv1.3", "TLSv1.2")) {
            try (SSLSocket socket = socket(listener, version)) {
                socket.startHandshake();
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            }
        }
        // The JDK itself no longer begins with TLS 1.1: the hello is sent by hand (RFC 4346 7.4.1.2).
        try (RawPeer peer = new RawPeer(listener.address())) {
            peer.sendHex("160302002f" + "0100002b" + "0302" + "00".repeat(32) + "00" + "0004c009c013" + "0100");
            // An alert, fatal, protocol_version.
            assertThat(peer.restHex()).startsWith("1503").endsWith("0246");
        }
    }

    @Test
    void endsASlowHandshake() throws IOException {
        Listener listener = serve(authority.issue("127.0.0.1").identity("good"));
        try (RawPeer peer = new RawPeer(listener.address())) {
            assertThat(peer.rest()).isEmpty();
        }
        try (ServerSocket silent = new ServerSocket(0)) {
            assertThat(failure(Net.loopback(silent.getLocalPort()))).contains("no handshake within 800 ms");
        }
        assertThat(NetLimits.defaults().tlsTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void tellsAServerWithoutTls() {
        Listener plain = net.serve(LIMITS, server);
        assertThat(failure(plain.address()))
                .contains("cannot connect to 127.0.0.1:")
                .contains("TLS failed");
    }

    @Test
    void newConnectionsMeetTheNewCertificateAndOldOnesStay() throws Exception {
        reload(20);
    }

    @Test
    @Tag("slow")
    void newConnectionsMeetTheNewCertificateAnd200OldOnesStay() throws Exception {
        reload(200);
    }

    private void reload(int connections) throws Exception {
        TlsIdentity identity = authority.issue("127.0.0.1").identity("live");
        NetLimits patient = NetLimits.defaults();
        List<Recorder> clients = new ArrayList<>();
        List<Recorder> servers = new ArrayList<>();
        Listener listener = WebSocketServer.bind(net.loops, Net.ANY_PORT, identity, patient, handshake -> {
            Recorder each = new Recorder();
            synchronized (servers) {
                servers.add(each);
            }
            return new Handshake.Accept(Optional.empty(), each);
        });
        for (int i = 0; i < connections; i++) {
            Recorder client = connect("127.0.0.1", listener.address().getPort(), trust, patient);
            client.awaits("opened");
            clients.add(client);
        }
        List<WebSocket> open = clients.stream().map(Recorder::socket).toList();
        X509Certificate before = certificate(listener);
        Authority.Issued next = authority.issue("127.0.0.1");
        next.write("live");
        identity.reload();

        assertThat(certificate(listener)).isEqualTo(next.certificate()).isNotEqualTo(before);
        open.forEach(socket -> socket.loop().execute(() -> socket.sendText("still here".getBytes(UTF_8))));
        assertThat(servers).hasSizeGreaterThanOrEqualTo(connections);
        servers.subList(0, connections).forEach(each -> each.awaits("text still here"));
        connect("127.0.0.1", listener, trust).awaits("opened");
    }

    @Test
    void aBadReloadChangesNothing() throws Exception {
        TlsIdentity identity = authority.issue("127.0.0.1").identity("live");
        Listener listener = serve(identity);
        X509Certificate before = certificate(listener);
        authority.issue("127.0.0.1").write("other");
        Files.copy(folder.resolve("other.crt"), folder.resolve("live.crt"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(identity::reload).hasMessageContaining("the key does not belong to the first certificate");
        assertThat(certificate(listener)).isEqualTo(before);
    }

    @Test
    void filesThatChangedAreReadAgainOnce() throws Exception {
        TlsIdentity identity = authority.issue("127.0.0.1").identity("live");
        Listener listener = serve(identity);
        assertThat(identity.refresh()).isFalse();
        Authority.Issued next = authority.issue("127.0.0.1");
        next.write("next");
        Files.move(folder.resolve("next.crt"), folder.resolve("live.crt"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(identity::refresh).hasMessageContaining("the key does not belong to the first certificate");
        assertThat(identity.refresh()).isFalse();
        Files.move(folder.resolve("next.key"), folder.resolve("live.key"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(identity.refresh()).isTrue();
        assertThat(certificate(listener)).isEqualTo(next.certificate());
        Files.delete(folder.resolve("live.key"));
        assertThatThrownBy(identity::refresh).hasMessageContaining("there is no such file");
        assertThat(certificate(listener)).isEqualTo(next.certificate());
    }

    @Test
    void saysWhatIsWrongWithFiles() throws IOException {
        Path chain = authority.pem();
        Path empty = Files.writeString(folder.resolve("empty"), "");
        Path pkcs1 = Files.writeString(folder.resolve("pkcs1"), "-----BEGIN RSA PRIVATE KEY-----\nAA==\n");
        assertThatThrownBy(() -> TlsIdentity.pem(folder.resolve("none"), chain)).hasMessageContaining("no such file");
        assertThatThrownBy(() -> TlsIdentity.pem(empty, chain)).hasMessageContaining("has no certificate");
        assertThatThrownBy(() -> TlsIdentity.pem(chain, pkcs1)).hasMessageContaining("openssl pkcs8 -topk8");
        assertThatThrownBy(() -> TlsTrust.pem(empty)).isInstanceOf(UnusableTlsException.class);
    }

    @Test
    void carriesHttp() throws Exception {
        Routes routes = Routes.of(Route.get(
                "/hello", exchange -> exchange.answer(HttpResponse.of(200, "text/plain", new byte[100_000]))));
        TlsIdentity identity = authority.issue("127.0.0.1").identity("good");
        Listener listener = HttpServer.bind(
                net.loops, Net.ANY_PORT, HttpServer.Options.of(routes).with(identity));
        try (SSLSocket socket = socket(listener, "TLSv1.3")) {
            socket.getOutputStream()
                    .write("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").hasSizeGreaterThan(100_000);
        }
    }

    @Test
    void carriesLines() {
        List<String> told = new CopyOnWriteArrayList<>();
        TlsIdentity identity = authority.issue("127.0.0.1").identity("good");
        Listener listener = LineServer.bind(net.loops, Net.ANY_PORT, identity, LIMITS, () -> lines("server", told));
        LineClient.connect(net.loops.next(), listener.address(), trust, LIMITS, lines("client", told));
        Awaitility.await("both ends").untilAsserted(() -> assertThat(told)
                .containsExactlyInAnyOrder(
                        "server hears hello of client",
                        "client hears hello of server",
                        "server closed",
                        "client closed"));
    }

    /** Says hello, hears one line, and closes. */
    private static LineHandler lines(String name, List<String> told) {
        return new LineHandler() {
            private @Nullable LineConnection open;

            @Override
            public void opened(LineConnection connection) {
                open = connection;
                connection.send(("hello of " + name + "\n").getBytes(UTF_8));
            }

            @Override
            public void line(byte[] line) {
                told.add(name + " hears " + new String(line, UTF_8));
                if (open != null && name.equals("client")) {
                    open.close();
                }
            }

            @Override
            public void tooLong(int limit) {
                told.add(name + " too long");
            }

            @Override
            public void closed(String reason) {
                told.add(name + " closed" + reason);
            }
        };
    }

    private Listener serve(TlsIdentity identity) {
        return WebSocketServer.bind(
                net.loops, Net.ANY_PORT, identity, LIMITS, any -> new Handshake.Accept(Optional.empty(), server));
    }

    private Recorder connect(String host, Listener listener, TlsTrust believed) {
        return connect(host, listener.address().getPort(), believed);
    }

    private Recorder connect(String host, int port, TlsTrust believed) {
        return connect(host, port, believed, LIMITS);
    }

    private Recorder connect(String host, int port, TlsTrust believed, NetLimits limits) {
        Recorder client = new Recorder();
        WebSocketClient.Options options = new WebSocketClient.Options(List.of(), Map.of(), limits).with(believed);
        WebSocketClient.connect(
                net.loops.next(), URI.create("wss://" + host + ":" + port + "/channel"), options, client);
        return client;
    }

    private String failure(Authority.Issued bad, TlsTrust believed) {
        Recorder client = connect("127.0.0.1", serve(bad.identity("bad")), believed);
        String end = client.end();
        assertThat(client.told).containsExactly(end);
        return end;
    }

    private String failure(InetSocketAddress at) {
        return connect("127.0.0.1", at.getPort(), trust).end();
    }

    private X509Certificate certificate(Listener listener) throws Exception {
        try (SSLSocket socket = socket(listener, "TLSv1.3")) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** A TLS client of the JDK, as a second opinion. */
    private static SSLSocket socket(Listener listener, String version) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Believer()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(
                        listener.address().getAddress(), listener.address().getPort());
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }

    /** Believes everybody. */
    private static final class Believer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

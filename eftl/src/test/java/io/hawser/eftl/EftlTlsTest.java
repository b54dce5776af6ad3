package io.hawser.eftl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.net.Handshake;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.WebSocket;
import io.hawser.net.WebSocketHandler;
import io.hawser.net.WebSocketServer;
import io.hawser.net.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client over TLS, against a server that welcomes everybody: whom it trusts, and whom not. */
class EftlTlsTest {
    private static final String PASSWORD = "changeit";
    private static final Loops LOOPS = Loops.start(1, "tls-server");

    @TempDir
    private static Path folder;

    private static Listener listener;
    private static String url;

    /** Welcomes whoever connects, and says goodbye to whoever does. */
    private static final class Welcoming implements WebSocketHandler {
        private Optional<WebSocket> socket = Optional.empty();

        @Override
        public void opened(WebSocket opened) {
            socket = Optional.of(opened);
        }

        @Override
        public void text(byte[] message) {
            if (new String(message, UTF_8).startsWith("{\"op\":1,")) {
                byte[] welcome = Script.WELCOME.replace('\'', '"').getBytes(UTF_8);
                socket.orElseThrow().sendText(welcome);
            }
        }

        @Override
        public void binary(byte[] message) {}

        @Override
        public void closed(int code, String reason) {}
    }

    @BeforeAll
    static void listen() throws IOException, InterruptedException {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=hub", "-ext", "san=ip:127.0.0.1", "-validity", "9");
        keytool("-exportcert", "-rfc", "-file", folder.resolve("hub.pem").toString());
        TlsIdentity identity = TlsIdentity.pkcs12(folder.resolve("hub.p12"), PASSWORD);
        listener = WebSocketServer.bind(
                LOOPS,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                identity,
                NetLimits.defaults(),
                asked -> new Handshake.Accept(asked.subprotocols().stream().findFirst(), new Welcoming()));
        url = "wss://127.0.0.1:" + listener.address().getPort() + "/channel";
    }

    @AfterAll
    static void stop() {
        listener.close();
        LOOPS.close();
    }

    private static void keytool(String... what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(what));
        command.addAll(List.of("-alias", "hub", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", folder.resolve("hub.p12").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void connects(EftlOptions options) {
        try (EftlConnection connection = Eftl.connect(url, options).join()) {
            assertThat(connection.isConnected()).isTrue();
        }
    }

    @Test
    void aServerInTheTrustStoreIsTrusted() {
        connects(EftlOptions.defaults().trustStore(folder.resolve("hub.pem")));
    }

    @Test
    void trustInAllIsTrustInThisOne() {
        connects(EftlOptions.defaults().trustAll());
    }

    @Test
    void aServerThatNobodyKnowsIsNot() {
        assertThatThrownBy(() -> Eftl.connect(url, EftlOptions.defaults()).join())
                .cause()
                .isInstanceOf(EftlConnectException.class)
                .hasMessageContaining("certificat");
    }
}

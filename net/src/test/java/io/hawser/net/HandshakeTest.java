package io.hawser.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.net.wire.WebSocketKey;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private final Net net = new Net();
    private final Recorder server = new Recorder();
    private final Recorder client = new Recorder();
    private final AtomicReference<Handshake> asked = new AtomicReference<>();
    private final Listener listener = net.serve(Net.LIMITS, this::answer);

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void answersByteForByteWhatOldClientsWant() throws IOException {
        String answer = exchange(RawPeer.upgrade("/channel", ""));
        assertThat(answer)
                .isEqualTo(String.join(
                        "\r\n",
                        "HTTP/1.1 101 Switching Protocols",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                        "",
                        ""));
    }

    @Test
    void echoesTheSubprotocolThatWasAccepted() throws IOException {
        String answer = exchange(RawPeer.upgrade(
                "/channel", "Sec-WebSocket-Protocol: v0\r\nSec-WebSocket-Protocol:  v1.eftl.tibco.com , v2\r\n"));
        assertThat(answer).contains("\r\nSec-WebSocket-Protocol: v1.eftl.tibco.com\r\n");
        assertThat(asked().subprotocols()).containsExactly("v0", "v1.eftl.tibco.com", "v2");
    }

    /** The JDK's own WebSocket client says so. */
    @Test
    void takesABodyOfNoBytesForNone() throws IOException {
        assertThat(exchange(RawPeer.upgrade("/channel", "Content-Length: 0\r\n")))
                .startsWith("HTTP/1.1 101 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade: WebSocket", "upgrade: WEBSOCKET", "UPGRADE: h2c, websocket"})
    void takesUpgradeInAnyCase(String header) throws IOException {
        String request = RawPeer.upgrade("/channel", "")
                .replace("Upgrade: websocket", header)
                .replace("Connection: Upgrade", "connection: keep-alive, upgrade");
        assertThat(exchange(request)).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void negotiatesNoExtension() throws IOException {
        String answer = exchange(RawPeer.upgrade("/channel", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
        assertThat(answer).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("extensions");
    }

    @Test
    void passesPathQueryAndHeaders() throws IOException {
        exchange(RawPeer.upgrade(
                "/a%20b/c+d?x=1%262&x=3&y", "AUTHORIZATION: Basic dTpw\r\nX-Twice: 1\r\nx-twice: 2\r\n"));
        assertThat(asked().path()).isEqualTo("/a b/c+d");
        assertThat(asked().query()).isEqualTo(Map.of("x", "1&2", "y", ""));
        assertThat(asked().header("authorization")).contains("Basic dTpw");
        assertThat(asked().header("x-twice")).contains("1");
        assertThat(asked().remote().getAddress().isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "426, \"GET / HTTP/1.1\r\nHost: x\r\n\r\n\"",
                "405, \"POST /channel HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nsome body\"",
                "400, \"hello there\r\n\r\n\"",
                "400, \"GET /channel HTTP/1.1\r\nno colon\r\n\r\n\"",
                "400, \"\u0016\u0003\u0001\u0002\r\n\r\n\"",
            })
    void answersOtherRequestsWithAText(int status, String request) throws IOException {
        assertRefused(status, request);
    }

    @Test
    void refusesHandshakesThatAreNotSound() throws IOException {
        String good = RawPeer.upgrade("/channel", "");
        assertRefused(426, good.replace("Version: 13", "Version: 8"));
        assertRefused(400, good.replace("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ="));
        assertRefused(400, good.replace("dGhlIHNhbXBsZSBub25jZQ==", "*"));
        assertRefused(400, good.replace("HTTP/1.1", "HTTP/1.0"));
        assertRefused(400, good.replace("/channel", "/%zz"));
        assertRefused(400, RawPeer.upgrade("/channel", "Content-Length: 3\r\n") + "abc");
        assertRefused(426, good.replace("Connection: Upgrade\r\n", ""));
    }

    @Test
    void refusesHeadersOverTheLimit() throws IOException {
        assertRefused(431, RawPeer.upgrade("/channel", "X-Long: " + "x".repeat(8 * 1024) + "\r\n"));
        assertRefused(414, RawPeer.upgrade("/" + "x".repeat(8 * 1024), ""));
    }

    @Test
    void refusesWithAnErrorWhenTheAcceptorFails() throws IOException {
        assertRefused(500, RawPeer.upgrade("/failing", ""));
    }

    @Test
    void cutsASlowHandshake() throws IOException {
        try (RawPeer peer = new RawPeer(listener.address())) {
            peer.send("GET /channel HTTP/1.1\r\n");
            assertThat(peer.rest()).isEmpty();
        }
        try (RawPeer silent = new RawPeer(listener.address())) {
            assertThat(silent.rest()).isEmpty();
        }
    }

    @Test
    void doesNotCutAWebSocketThatHasOpenedInTime() throws Exception {
        try (RawPeer peer = RawPeer.upgraded(listener.address())) {
            server.awaits("opened");
            try (RawPeer later = new RawPeer(listener.address())) {
                assertThat(later.rest()).as("cut after the same time").isEmpty();
            }
            peer.frame(0x81, new byte[] {'x'});
            server.awaits("text x");
        }
    }

    @Test
    void clientHearsWhyItWasRefused() {
        connect("/unknown", List.of());
        assertThat(client.end()).endsWith(": the server refused: HTTP 404 Not Found: no such channel: /unknown");
        assertThat(client.told).hasSize(1);
    }

    @Test
    void clientOffersSubprotocolsAndHeaders() {
        connect("/channel?a=b", List.of("v1.eftl.tibco.com", "other"));
        client.awaits("opened");
        assertThat(asked().subprotocols()).containsExactly("v1.eftl.tibco.com", "other");
        assertThat(asked().header("x-more")).contains("yes");
        assertThat(asked().query()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void clientHearsThatNobodyListens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        net.connect(free, WebSocketClient.Options.defaults(), client);
        assertThat(client.end()).isEqualTo("closed 1006 cannot connect to 127.0.0.1:" + free + ": Connection refused");
        assertThat(client.told).hasSize(1);
    }

    @Test
    void clientGivesUpOnAServerThatDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            net.connect(silent.getLocalPort(), new WebSocketClient.Options(List.of(), Map.of(), Net.LIMITS), client);
            assertThat(client.end()).endsWith(": no answer within 500 ms");
        }
    }

    @Test
    void clientHearsNothingAfterARefusal() throws IOException {
        try (ServerSocket twofold = new ServerSocket(0)) {
            net.connect(twofold.getLocalPort(), WebSocketClient.Options.defaults(), client);
            try (Socket peer = twofold.accept()) {
                byte[] read = new byte[4096];
                String request = new String(read, 0, peer.getInputStream().read(read), ISO_8859_1);
                String key = request.replaceFirst("(?s).*Sec-WebSocket-Key: (\\S+).*", "$1");
                String yes = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + WebSocketKey.answerTo(key) + "\r\n\r\n";
                String no = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
                peer.getOutputStream().write((no + yes).getBytes(ISO_8859_1));
                assertThat(peer.getInputStream().readAllBytes()).isEmpty();
            }
            assertThat(client.end()).contains("HTTP 403");
            assertThat(client.told).hasSize(1);
        }
    }

    @Test
    void clientRejectsAddressesAndHeadersThatCannotBe() {
        assertThatThrownBy(() -> connectTo("wss:///path")).hasMessageContaining("wss://host:port/path");
        assertThatThrownBy(() -> connectTo("http://127.0.0.1/")).hasMessageContaining("ws://host:port/path");
        assertThatThrownBy(() -> connectTo("ws:///path")).hasMessageContaining("ws://host:port/path");
        assertThatThrownBy(() -> new WebSocketClient.Options(List.of(), Map.of("a", "b\r\nc: d"), Net.LIMITS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Handshake.Answer answer(Handshake handshake) {
        asked.set(handshake);
        if (handshake.path().equals("/unknown")) {
            return new Handshake.Refuse(404, "no such channel: " + handshake.path());
        }
        if (handshake.path().equals("/failing")) {
            throw new IllegalStateException("thrown by a test");
        }
        Optional<String> known = handshake.subprotocols().stream()
                .filter("v1.eftl.tibco.com"::equals)
                .findFirst();
        return new Handshake.Accept(known, server);
    }

    private Handshake asked() {
        return Optional.ofNullable(asked.get()).orElseThrow();
    }

    private void connect(String path, List<String> subprotocols) {
        WebSocketClient.connect(
                net.loops.next(),
                URI.create("ws://127.0.0.1:" + listener.address().getPort() + path),
                new WebSocketClient.Options(subprotocols, Map.of("X-More", "yes"), Net.LIMITS),
                client);
    }

    private void connectTo(String uri) {
        WebSocketClient.connect(net.loops.next(), URI.create(uri), WebSocketClient.Options.defaults(), client);
    }

    private String exchange(String request) throws IOException {
        try (RawPeer peer = new RawPeer(listener.address())) {
            peer.send(request);
            return peer.head();
        }
    }

    private void assertRefused(int status, String request) throws IOException {
        try (RawPeer peer = new RawPeer(listener.address())) {
            peer.send(request);
            String answer = peer.rest();
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("Content-Type: text/plain");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).isNotBlank();
        }
    }
}

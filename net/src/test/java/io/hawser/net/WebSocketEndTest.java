package io.hawser.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketEndTest {
    private static final NetLimits SMALL = Net.LIMITS.withMaxMessageBytes(1000);

    private final Net net = new Net();
    private final Recorder server = new Recorder();
    private final Recorder client = new Recorder();
    private final Listener listener = net.serve(SMALL, server);

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void bothSidesHearTheServersCode() {
        connect();
        server.onLoop(socket -> socket.close(4000, "go"));

        assertThat(client.end()).isEqualTo("closed 4000 go");
        assertThat(server.end()).startsWith("closed 4000");
    }

    @Test
    void bothSidesHearTheClientsCode() {
        connect();
        client.onLoop(socket -> socket.close(4001, "bye"));

        assertThat(server.end()).isEqualTo("closed 4001 bye");
        assertThat(client.end()).startsWith("closed 4001");
    }

    @Test
    void sendsEverythingBeforeTheClose() {
        connect();
        server.onLoop(socket -> {
            socket.sendText("last words".getBytes(UTF_8));
            socket.close();
            socket.sendText("too late".getBytes(UTF_8));
            socket.close(4002, "too late");
        });

        assertThat(client.end()).isEqualTo("closed 1000 ");
        assertThat(client.told).containsExactly("opened", "text last words", "closed 1000 ");
    }

    @Test
    void answersACloseWithItsCodeAndEndsTcp() throws IOException {
        try (RawPeer peer = RawPeer.upgraded(listener.address())) {
            peer.frame(0x88, new byte[] {0x0F, (byte) 0xA0, 'x'});
            assertThat(peer.restHex()).isEqualTo("88020fa0");
        }
        assertThat(server.end()).isEqualTo("closed 4000 x");
    }

    @Test
    void answersACloseWithoutACodeInKind() throws IOException {
        try (RawPeer peer = RawPeer.upgraded(listener.address())) {
            peer.frame(0x88, new byte[0]);
            assertThat(peer.restHex()).isEqualTo("8800");
        }
        assertThat(server.end()).isEqualTo("closed 1005 ");
    }

    @Test
    void dropsTcpWhenItsCloseIsNotAnswered() throws IOException {
        try (RawPeer peer = RawPeer.upgraded(listener.address())) {
            server.onLoop(socket -> socket.close(4003, "hello?"));
            assertThat(peer.restHex()).startsWith("8808" + "0fa3");
            assertThat(server.end()).isEqualTo("closed 4003 hello?");
        }
    }

    @Test
    void tells1006WhenTcpEndsWithoutAClose() throws IOException {
        RawPeer peer = RawPeer.upgraded(listener.address());
        peer.close();

        assertThat(server.end()).isEqualTo("closed 1006 the other side ended the TCP connection");
    }

    @Test
    void tells1006WhenTcpIsReset() throws IOException {
        RawPeer peer = RawPeer.upgraded(listener.address());
        server.socket();
        peer.reset();

        assertThat(server.end()).startsWith("closed 1006 the connection was lost: ");
    }

    /** Each row: what the client sends (hex), and the code of the Close that answers. */
    @ParameterizedTest
    @CsvSource({
        "810161, 1002", // unmasked
        "918000000000, 1002", // a reserved bit
        "838000000000, 1002", // a reserved opcode
        "8b8000000000, 1002", // a reserved control opcode
        "098000000000, 1002", // a fragmented Ping
        "808000000000, 1002", // a continuation of nothing
        "018000000000818000000000, 1002", // a message inside a message
        "89fe007e00000000, 1002", // a Ping of 126 bytes
        "81fe007d00000000, 1002", // a length not in its shortest form
        "888100000000ff, 1002", // a Close with half a code
        "88820000000003ed, 1002", // a Close with 1005
        "88820000000000ff, 1002", // a Close with 255
        "81ff8000000000000000, 1002", // a negative length
        "8181000000 00ff, 1007", // not UTF-8
        "01810000000061808100000000ff, 1007", // not UTF-8, in the second frame
        "81fe03e900000000, 1009", // one past the limit, told by the header alone
        "81ff000000010000000000000000, 1009", // 4 GiB, told by the header alone
    })
    void endsWithACodeWhenAFrameIsMalformed(String hex, int code) throws IOException {
        try (RawPeer peer = RawPeer.upgraded(listener.address())) {
            peer.sendHex(hex.replace(" ", ""));

            String answer = peer.restHex();
            assertThat(answer).as("a Close frame").startsWith("88");
            assertThat(Integer.parseInt(answer.substring(4, 8), 16)).isEqualTo(code);
        }
        assertThat(server.end()).startsWith("closed " + code + " ");
        assertThat(server.told).hasSize(2);
    }

    @Test
    void countsTheLimitOverAllFramesOfAMessage() throws IOException {
        try (RawPeer peer = RawPeer.upgraded(listener.address())) {
            peer.frame(0x01, new byte[500]);
            peer.frame(0x80, new byte[500]);
            server.awaits("text of 1000");
            peer.frame(0x01, new byte[500]);
            peer.frame(0x80, new byte[501]);
            assertThat(peer.restHex()).startsWith("88").contains("03f1");
        }
        assertThat(server.end()).isEqualTo("closed 1009 a message may have 1000 bytes");
    }

    @Test
    void closesWith1011WhenItsHandlerFailsAndTheLoopLivesOn() throws IOException {
        Recorder failing = new Recorder() {
            @Override
            public void text(byte[] message) {
                super.text(message);
                throw new IllegalStateException("thrown by a test");
            }
        };
        try (Listener other = net.serve(SMALL, failing);
                RawPeer peer = RawPeer.upgraded(other.address())) {
            peer.frame(0x81, new byte[] {'a'});
            peer.frame(0x81, new byte[] {'b'});
            assertThat(peer.restHex()).startsWith("8810" + "03f3");
        }
        assertThat(failing.end()).isEqualTo("closed 1011 internal error");
        assertThat(failing.told).containsExactly("opened", "text a", "closed 1011 internal error");

        bothSidesHearTheServersCode();
    }

    @Test
    void closesWith1001WhenTheListenerCloses() {
        connect();
        listener.close();

        assertThat(client.end()).startsWith("closed 1001 ");
        Recorder late = new Recorder();
        net.connect(listener.address().getPort(), new WebSocketClient.Options(List.of(), Map.of(), SMALL), late);
        assertThat(late.end()).contains("1006").contains("Connection refused");
    }

    private void connect() {
        net.connect(listener, SMALL, client);
        client.awaits("opened");
        server.awaits("opened");
    }
}

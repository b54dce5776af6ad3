package io.hawser.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketTest {
    private final Net net = new Net();
    private final Recorder server = new Recorder();
    private final Recorder client = new Recorder();

    @AfterEach
    void close() {
        net.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 2047, 2048, 65535, 65536, 1 << 20})
    void carriesMessagesOfEverySizeBothWays(int length) {
        connect();
        byte[] message = "m".repeat(length).getBytes(UTF_8);
        client.onLoop(socket -> socket.sendText(message));
        server.onLoop(socket -> socket.sendText(message));

        String expected = length < 100 ? "text " + "m".repeat(length) : "text of " + length;
        server.awaits(expected);
        client.awaits(expected);
    }

    @Test
    void joinsHeadAndBody() {
        connect();
        server.onLoop(socket -> socket.sendText("{to:7,XX".getBytes(UTF_8), 6, "body}".getBytes(UTF_8)));
        client.awaits("text {to:7,body}");
    }

    @Test
    void putsContinuationFramesTogetherWithAPingBetween() throws Exception {
        try (RawPeer peer = RawPeer.upgraded(serve())) {
            byte[] part = new byte[16 * 1024];
            peer.frame(0x01, part);
            peer.frame(0x89, "hi".getBytes(UTF_8));
            peer.frame(0x00, part);
            peer.frame(0x80, part);

            server.awaits("text of " + 3 * part.length);
            assertThat(peer.in().readNBytes(4)).isEqualTo(new byte[] {(byte) 0x8A, 2, 'h', 'i'});
        }
    }

    @Test
    void tellsBinaryMessagesApart() throws Exception {
        try (RawPeer peer = RawPeer.upgraded(serve())) {
            peer.frame(0x82, new byte[5]);
            server.awaits("binary of 5");
        }
    }

    @Test
    void takesFramesThatCameInOneSegmentWithTheHandshake() throws Exception {
        try (RawPeer peer = new RawPeer(serve())) {
            peer.send(RawPeer.upgrade("/channel", "") + "\u0081\u0082\0\0\0\0ok");
            server.awaits("text ok");
            assertThat(server.told).containsExactly("opened", "text ok");
        }
    }

    @Test
    void sendsManySmallMessagesInOneSegment() throws Exception {
        try (RawPeer peer = RawPeer.upgraded(serve())) {
            server.onLoop(socket -> {
                for (int i = 0; i < 1000; i++) {
                    socket.sendText(new byte[] {'x'});
                }
            });
            byte[] read = new byte[4096];
            assertThat(peer.in().read(read)).isEqualTo(3000);
        }
    }

    @Test
    void saysNothingAfterTheHandshakeUntilItsHandlerDoes() throws Exception {
        try (RawPeer peer = RawPeer.upgraded(serve())) {
            peer.frame(0x81, "heard".getBytes(UTF_8));
            server.awaits("text heard");
            assertThat(peer.in().available()).isZero();

            server.onLoop(socket -> socket.sendText("now".getBytes(UTF_8)));
            assertThat(peer.in().readNBytes(5)).isEqualTo(new byte[] {(byte) 0x81, 3, 'n', 'o', 'w'});
        }
    }

    @Test
    void losesAndRepeatsNothingWhileReadingStops() throws Exception {
        Recorder pausing = new Recorder() {
            @Override
            public void text(byte[] message) {
                super.text(message);
                socket().reading(false);
            }
        };
        try (Listener listener = net.serve(Net.LIMITS, pausing);
                RawPeer peer = RawPeer.upgraded(listener.address())) {
            for (int i = 0; i < 5; i++) {
                peer.frame(0x81, new byte[] {(byte) ('0' + i)});
            }
            for (int i = 0; i < 5; i++) {
                pausing.awaits("text " + i);
                assertThat(pausing.told).hasSize(2 + i);
                pausing.onLoop(socket -> socket.reading(true));
            }
        }
    }

    @Test
    void feelsAPeerThatDoesNotReadAndTellsWhenItReads() throws Exception {
        try (RawPeer peer = new RawPeer(serve(), 8 * 1024)) {
            peer.send(RawPeer.upgrade("/channel", ""));
            peer.head();
            long[] sent = new long[1];
            server.onLoop(socket -> {
                byte[] message = new byte[1000];
                while (socket.writable() && sent[0] < 100_000_000) {
                    socket.sendText(message);
                    sent[0] += message.length + 4;
                }
                server.told.add(socket.writable() ? "endless" : "full");
            });
            server.awaits("full");
            assertThat(server.told).doesNotContain("writable");

            peer.in().skipNBytes(sent[0]);

            server.awaits("writable");
        }
    }

    @Test
    void knowsItsAddressesAndItsLoop() {
        connect();
        WebSocket here = client.socket();
        WebSocket there = server.socket();
        assertThat(here.local()).isEqualTo(there.remote());
        assertThat(here.remote()).isEqualTo(there.local());
        assertThat(net.loops.all()).contains(here.loop(), there.loop());
    }

    private InetSocketAddress serve() {
        return net.serve(Net.LIMITS, server).address();
    }

    private void connect() {
        Listener listener = net.serve(Net.LIMITS, server);
        net.connect(listener, Net.LIMITS, client);
        client.awaits("opened");
        Awaitility.await().until(() -> server.told.contains("opened"));
    }
}

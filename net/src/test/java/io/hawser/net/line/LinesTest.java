package io.hawser.net.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.net.Connection;
import io.hawser.net.Listener;
import io.hawser.net.Loop;
import io.hawser.net.Net;
import io.hawser.net.RawPeer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final Net net = new Net();
    private final Loop loop = net.loops.next();
    private final Told server = new Told();
    private final Told client = new Told();
    private final Listener listener =
            LineServer.bind(loop, Net.ANY_PORT, Net.LIMITS.withMaxLineBytes(5000), () -> server);

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void carriesLinesBothWaysOnOneLoop() {
        connect();
        client.onLoop(connection -> connection.send("one\ntwo\r\n".getBytes(UTF_8)));
        server.onLoop(connection -> connection.send(("x".repeat(4000) + "\n").getBytes(UTF_8)));

        server.awaits("one");
        server.awaits("two\r");
        client.awaits("x".repeat(4000));
        assertThat(server.connection().loop()).isSameAs(loop);
        assertThat(client.connection().loop()).isSameAs(loop);
    }

    @Test
    void skipsALongLineAndHearsTheNext() {
        connect();
        client.onLoop(connection -> connection.send(("y".repeat(200_000) + "\nnext\n").getBytes(UTF_8)));

        server.awaits("next");
        assertThat(server.told).containsExactly("opened", "too long 5000", "next");
    }

    @Test
    void sendsEverythingBeforeItCloses() {
        connect();
        server.onLoop(connection -> {
            connection.send("bye\n".getBytes(UTF_8));
            connection.close();
            connection.send("too late\n".getBytes(UTF_8));
        });

        client.awaits("closed ");
        server.awaits("closed ");
        assertThat(client.told).containsExactly("opened", "bye", "closed ");
    }

    @Test
    void tellsNothingMoreAfterItHasClosed() throws IOException {
        try (RawPeer peer = new RawPeer(listener.address())) {
            server.onLoop(Connection::close);
            assertThat(peer.rest()).isEmpty();
            peer.send("unheard\n");
        }
        server.awaits("closed ");
        assertThat(server.told).containsExactly("opened", "closed ");
    }

    @Test
    void doesNotReportALastLineWithoutLf() throws IOException {
        try (RawPeer peer = new RawPeer(listener.address())) {
            peer.send("whole\nhalf");
        }
        server.awaits("closed ");
        assertThat(server.told).containsExactly("opened", "whole", "closed ");
    }

    @Test
    void stopsInTheMiddleOfASegmentAndGoesOn() throws IOException {
        Told pausing = new Told() {
            @Override
            public void line(byte[] line) {
                super.line(line);
                connection().reading(false);
            }
        };
        try (Listener other = LineServer.bind(net.loops, Net.ANY_PORT, Net.LIMITS, () -> pausing);
                RawPeer peer = new RawPeer(other.address())) {
            peer.send("0\n1\n2\n3\n");
            for (int i = 0; i < 4; i++) {
                pausing.awaits(String.valueOf(i));
                assertThat(pausing.told).hasSize(2 + i);
                pausing.onLoop(connection -> connection.reading(true));
            }
        }
    }

    @Test
    void countsUnsentBytesOfAPeerThatDoesNotRead() throws IOException {
        try (RawPeer peer = new RawPeer(listener.address(), 8 * 1024)) {
            long[] sent = new long[1];
            server.onLoop(connection -> {
                byte[] line = ("z".repeat(999) + "\n").getBytes(UTF_8);
                while (connection.writable() && sent[0] < 100_000_000) {
                    connection.send(line);
                    sent[0] += line.length;
                }
                server.told.add(connection.unsent() > 64 * 1024 && !connection.writable() ? "full" : "not full");
            });
            server.awaits("full");

            peer.in().skipNBytes(sent[0]);

            server.awaits("writable");
            server.onLoop(connection -> server.told.add("unsent " + connection.unsent()));
            server.awaits("unsent 0");
        }
    }

    @Test
    void endsAConnectionWhoseHandlerFails() throws IOException {
        Told failing = new Told() {
            @Override
            public void line(byte[] line) {
                throw new IllegalStateException("thrown by a test");
            }
        };
        try (Listener other = LineServer.bind(loop, Net.ANY_PORT, Net.LIMITS, () -> failing);
                RawPeer peer = new RawPeer(other.address())) {
            peer.send("a\nb\n");
            assertThat(peer.rest()).isEmpty();
        }
        failing.awaits("closed internal error");
        carriesLinesBothWaysOnOneLoop();
    }

    @Test
    void tellsWhyItCannotConnect() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        LineClient.connect(loop, Net.loopback(free), Net.LIMITS, client);
        client.awaits("closed cannot connect to 127.0.0.1:" + free + ": Connection refused");
        assertThat(client.told).hasSize(1);
    }

    private void connect() {
        LineClient.connect(loop, listener.address(), Net.LIMITS, client);
        client.awaits("opened");
        server.awaits("opened");
    }

    private static class Told implements LineHandler {
        final List<String> told = new CopyOnWriteArrayList<>();
        private final AtomicReference<LineConnection> connection = new AtomicReference<>();

        @Override
        public void opened(LineConnection opened) {
            connection.set(opened);
            told.add("opened");
        }

        @Override
        public void line(byte[] line) {
            told.add(new String(line, UTF_8));
        }

        @Override
        public void tooLong(int limit) {
            told.add("too long " + limit);
        }

        @Override
        public void writable() {
            told.add("writable");
        }

        @Override
        public void closed(String reason) {
            told.add("closed " + reason);
        }

        LineConnection connection() {
            return Awaitility.await().until(connection::get, opened -> opened != null);
        }

        void onLoop(Consumer<LineConnection> task) {
            LineConnection opened = connection();
            opened.loop().execute(() -> task.accept(opened));
        }

        void awaits(String line) {
            Awaitility.await(line).until(() -> told.contains(line));
        }
    }
}

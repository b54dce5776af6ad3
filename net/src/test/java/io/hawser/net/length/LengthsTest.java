package io.hawser.net.length;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.net.Connection;
import io.hawser.net.Listener;
import io.hawser.net.Loop;
import io.hawser.net.Net;
import io.hawser.net.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LengthsTest {
    private final Net net = new Net();
    private final Loop loop = net.loops.next();
    private final Told server = new Told();
    private final Told client = new Told();
    private final Listener listener = LengthServer.bind(loop, Net.ANY_PORT, Net.LIMITS, () -> server);

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void carriesFramesBothWays() {
        connect();
        client.onLoop(connection -> connection.send("\0\0013one\0\0010".getBytes(UTF_8)));
        server.onLoop(connection -> connection.send("\0\0014four".getBytes(UTF_8)));

        server.awaits("3: one");
        server.awaits("0: ");
        client.awaits("4: four");
        client.onLoop(Connection::close);
        server.awaits("closed ");
    }

    @Test
    void afterAHeaderThatIsNotUnderstoodNothingIsTold() throws IOException {
        try (RawPeer peer = new RawPeer(listener.address())) {
            peer.send("\0\0012ok\0\1x\0\0013one");
            server.awaits("not understood");
            server.onLoop(Connection::close);
            assertThat(peer.rest()).isEmpty();
        }
        server.awaits("closed ");
        assertThat(server.told).containsExactly("opened", "2: ok", "not understood", "closed ");
    }

    @Test
    void aResetTakesBackWhatTheOperatingSystemHolds() throws IOException {
        int window = 4_096;
        try (RawPeer peer = new RawPeer(listener.address(), window)) {
            server.awaits("opened");
            server.onLoop(connection -> connection.send(new byte[64 * 1024]));
            server.onLoop(connection -> connection
                    .loop()
                    .schedule(Duration.ofMillis(1), () -> server.told.add("unsent " + connection.unsent())));
            server.awaits("unsent 0");
            server.onLoop(LengthConnection::reset);
            server.awaits("closed ");
            assertThatIOException().isThrownBy(peer::rest).withMessageContaining("reset");
        }
    }

    @Test
    void theOperatingSystemLooksAfterASilentConnection() {
        connect();
        client.onLoop(connection -> client.told.add(
                "set " + connection.keepAlive(new Keepalive(Duration.ofSeconds(1), Duration.ofSeconds(3), 5))));

        client.awaits("set true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Keepalive(Duration.ofMillis(900), Duration.ofSeconds(3), 5))
                .withMessageContaining("at least 1 s");
    }

    private void connect() {
        LengthClient.connect(loop, listener.address(), Optional.empty(), Net.LIMITS, client);
        client.awaits("opened");
        server.awaits("opened");
    }

    /** The header is the content's length, one digit. */
    private static final class Told implements LengthHandler {
        final List<String> told = new CopyOnWriteArrayList<>();
        private final AtomicReference<LengthConnection> connection = new AtomicReference<>();
        private String frame = "";

        @Override
        public void opened(LengthConnection opened) {
            connection.set(opened);
            told.add("opened");
        }

        @Override
        public long header(byte[] header) {
            frame = new String(header, UTF_8) + ": ";
            int digit = Character.digit(frame.charAt(0), 10);
            if (digit < 0) {
                told.add("not understood");
                return NOTHING_MORE;
            }
            return digit;
        }

        @Override
        public void content(byte[] piece, boolean last) {
            frame += new String(piece, UTF_8);
            if (last) {
                told.add(frame);
            }
        }

        @Override
        public void closed(String reason) {
            told.add("closed " + reason);
        }

        void onLoop(Consumer<LengthConnection> task) {
            LengthConnection opened = Awaitility.await().until(connection::get, one -> one != null);
            opened.loop().execute(() -> task.accept(opened));
        }

        void awaits(String line) {
            Awaitility.await(line).until(() -> told.contains(line));
        }
    }
}

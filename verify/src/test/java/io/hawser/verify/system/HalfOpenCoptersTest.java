package io.hawser.verify.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.clever.gateway.FleetResult;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Five hundred connections that never become copters: some silent, some in the middle of a frame, some a byte at a time. */
@Tag("slow")
class HalfOpenCoptersTest {
    private static final int HALF_OPEN = 500;
    private static final Duration MOST = Duration.ofSeconds(10);
    /** Two bytes say that the header has 128; most of it never comes. */
    private static final byte[] HALF_A_FRAME = "\0\u0080{\"byteorder\": ".getBytes(ISO_8859_1);

    private final AtomicInteger marks = new AtomicInteger();

    @Test
    void theyAreClosedInTimeAndACopterDoesNotNotice() throws IOException {
        List<Socket> open = new ArrayList<>();
        try (Station station = new Station(0);
                CleverPeer copter = CleverPeer.connect("127.0.0.1:" + station.port, copter())) {
            await().until(() -> station.fleet.copters().join().size() == 1);
            for (int number = 0; number < HALF_OPEN; number++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), station.port);
                socket.setSoTimeout(1);
                socket.getOutputStream().write(HALF_A_FRAME, 0, number % 3 == 0 ? 0 : HALF_A_FRAME.length);
                open.add(socket);
            }
            long start = System.nanoTime();
            for (int told = 1; !open.isEmpty(); told++) {
                command(station, told);
                open.removeIf(HalfOpenCoptersTest::isClosed);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as("%d are open", open.size())
                        .isLessThan(MOST);
            }
            System.out.println(HALF_OPEN + " half-open connections were closed after ms: "
                    + (System.nanoTime() - start) / 1_000_000 + "; commands done meanwhile: " + marks);
            assertThat(station.fleet.copters().join()).hasSize(1).allMatch(one -> one.online());
            assertThat(copter.isConnected()).isTrue();
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private CleverOptions copter() {
        CleverHandlers handlers = new CleverHandlers()
                .onRequest("id", call -> Value.of("copter-1"))
                .onRequest("clover_dir", call -> Value.of("error"))
                .onRequest("time", call -> Value.of(Instant.now().toEpochMilli() / 1e3))
                .onAction("mark", call -> marks.incrementAndGet());
        return CleverOptions.defaults().withoutExtras().handlers(handlers);
    }

    private void command(Station station, int told) {
        assertThat(station.fleet
                        .command(List.of("copter-1"), "mark", Fields.EMPTY)
                        .orTimeout(MOST.toSeconds(), TimeUnit.SECONDS)
                        .join())
                .hasSize(1)
                .allMatch(FleetResult::done);
        assertThat(marks.get()).isEqualTo(told);
    }

    /** Looks, after one more byte from some. */
    private static boolean isClosed(Socket socket) {
        try {
            if (socket.getLocalPort() % 3 == 0) {
                socket.getOutputStream().write(' ');
            }
            if (socket.getInputStream().read(new byte[4_096]) < 0) {
                socket.close();
                return true;
            }
            return false;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

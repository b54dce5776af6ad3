package io.hawser.net.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.net.fault.FaultPlan.End;
import io.hawser.net.fault.FaultPlan.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class FaultProxyTest {
    private static final int SHORT_MILLIS = 300;

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void passesEverythingBothWays() throws IOException {
        try (FaultProxy proxy = proxy(FaultPlan.none());
                Socket client = connect(proxy);
                Socket peer = server.accept()) {
            send(client, "there");
            assertThat(read(peer, 5)).isEqualTo("there");
            send(peer, "and back");
            assertThat(read(client, 8)).isEqualTo("and back");
            client.shutdownOutput();
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            send(peer, "!");
            assertThat(read(client, 1)).isEqualTo("!");
        }
    }

    @Test
    void delays() throws IOException {
        assertThat(millisFor("x", Faults.NONE.delayed(SHORT_MILLIS))).isGreaterThanOrEqualTo(SHORT_MILLIS);
    }

    @Test
    void throttles() throws IOException {
        assertThat(millisFor("x".repeat(1000), Faults.NONE.throttled(2000))).isGreaterThanOrEqualTo(500);
    }

    @Test
    void cutsIntoSingleBytes() throws IOException {
        try (FaultProxy proxy = proxy(FaultPlan.always(Faults.NONE.sliced(1).delayed(50)));
                Socket client = connect(proxy);
                Socket peer = server.accept()) {
            send(client, "abc");
            byte[] all = new byte[10];
            assertThat(peer.getInputStream().read(all)).isEqualTo(1);
            assertThat(read(peer, 2)).isEqualTo("bc");
        }
    }

    @Test
    void resetsInTheMiddle() throws IOException {
        try (FaultProxy proxy =
                        proxy(FaultPlan.always(Faults.NONE.delayed(SHORT_MILLIS).ending(3, End.RESET)));
                Socket client = connect(proxy);
                Socket peer = server.accept()) {
            send(client, "abcdef");
            assertThat(read(peer, 3)).isEqualTo("abc");
            assertThatThrownBy(peer.getInputStream()::read).isInstanceOf(SocketException.class);
            assertThatThrownBy(client.getInputStream()::read).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void resetsWhenItIsTold() throws IOException {
        try (FaultProxy proxy = proxy(FaultPlan.none());
                Socket client = connect(proxy);
                Socket peer = server.accept()) {
            send(client, "a");
            read(peer, 1);
            proxy.resetAll();
            assertThatThrownBy(client.getInputStream()::read).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void closesOneHalf() throws IOException {
        try (FaultProxy proxy = proxy(FaultPlan.always(Faults.NONE.ending(3, End.HALF_CLOSE)));
                Socket client = connect(proxy);
                Socket peer = server.accept()) {
            send(client, "abcdef");
            assertThat(new String(peer.getInputStream().readAllBytes(), ISO_8859_1))
                    .isEqualTo("abc");
            send(peer, "yes");
            assertThat(read(client, 3)).isEqualTo("yes");
        }
    }

    @Test
    void swallowsEverything() throws IOException {
        try (FaultProxy proxy = proxy(FaultPlan.always(Faults.NONE.ending(3, End.BLACK_HOLE)));
                Socket client = connect(proxy);
                Socket peer = server.accept()) {
            send(client, "abcdef");
            assertThat(read(peer, 3)).isEqualTo("abc");
            send(client, "more");
            peer.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(peer.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void freezesAndGoesOn() throws IOException {
        try (FaultProxy proxy = proxy(FaultPlan.always(Faults.NONE.ending(3, End.FREEZE)));
                Socket client = connect(proxy);
                Socket peer = server.accept()) {
            send(client, "abcdef");
            assertThat(read(peer, 3)).isEqualTo("abc");
            send(client, "ghi");
            peer.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(peer.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);
            peer.setSoTimeout(0);
            assertThat(read(peer, 6)).isEqualTo("defghi");
        }
    }

    @Test
    void drawsTheSameFromTheSameSeed() {
        FaultPlan plan = FaultPlan.everything(10_000);
        long seed = new Random().nextLong();
        Random first = new Random(seed);
        Random second = new Random(seed);
        assertThat(Stream.generate(() -> plan.draw(first)).limit(50).toList())
                .as("seed " + seed)
                .isEqualTo(Stream.generate(() -> plan.draw(second)).limit(50).toList())
                .anyMatch(faults -> faults.slice() == 1)
                .anyMatch(faults -> faults.endAfter() < 10_000);
    }

    private long millisFor(String text, Faults faults) throws IOException {
        try (FaultProxy proxy = proxy(FaultPlan.always(faults));
                Socket client = connect(proxy);
                Socket peer = server.accept()) {
            long start = System.nanoTime();
            send(client, text);
            read(peer, text.length());
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        }
    }

    private FaultProxy proxy(FaultPlan plan) {
        return new FaultProxy((InetSocketAddress) server.getLocalSocketAddress(), plan, 7);
    }

    private static Socket connect(FaultProxy proxy) throws IOException {
        Socket client = new Socket(proxy.address().getAddress(), proxy.address().getPort());
        client.setSoTimeout(10_000);
        return client;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String read(Socket socket, int bytes) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(bytes), ISO_8859_1);
    }
}

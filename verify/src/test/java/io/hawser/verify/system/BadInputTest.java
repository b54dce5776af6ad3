package io.hawser.verify.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.ivy.IvyAgent;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.WebSocket;
import io.hawser.net.WebSocketClient;
import io.hawser.net.WebSocketHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What makes no sense gets the protocol's own error and costs its sender alone: before and after each, an Ivy text must
 * cross to an eFTL client and a command must cross back.
 */
class BadInputTest {
    private final HubFixture hub = new HubFixture();
    private final Loops loops = Loops.start(1, "rude");
    private final List<EftlMessage> heard = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private EftlConnection operator = hub.client("operator");
    private IvyAgent flight = hub.agent("FLIGHT");

    @BeforeEach
    void everybodyIsWell() {
        operator.subscribe(SubscribeOptions.matching("{\"msg\":\"GPS\"}"), heard::add)
                .join();
        flight.bind("^CMD (.*)", (client, args) -> commands.add(args.get(0)));
        messagesCross();
    }

    @AfterEach
    void stop() {
        messagesCross();
        loops.close();
        hub.close();
    }

    private void messagesCross() {
        int before = heard.size();
        await().until(() -> {
            flight.send("7 GPS 43.5 1.25");
            return heard.size() > before;
        });
        int had = commands.size();
        await().until(() -> {
            operator.publish(EftlMessage.ofText("CMD go")).join();
            return commands.size() > had;
        });
    }

    /** Sends {@code frames} on one WebSocket and returns how it ended: code and reason. */
    private String endOf(String... frames) {
        CompletableFuture<String> end = new CompletableFuture<>();
        WebSocketHandler rude = new WebSocketHandler() {
            @Override
            public void opened(WebSocket socket) {
                for (String frame : frames) {
                    socket.sendText(frame.getBytes(UTF_8));
                }
            }

            @Override
            public void text(byte[] message) {}

            @Override
            public void binary(byte[] message) {}

            @Override
            public void closed(int code, String reason) {
                end.complete(code + " " + reason);
            }
        };
        WebSocketClient.Options options = new WebSocketClient.Options(List.of(), Map.of(), NetLimits.defaults());
        WebSocketClient.connect(loops.next(), URI.create(hub.url()), options, rude);
        return end.join();
    }

    @Test
    void malformedJsonOrAnythingBeforeLoginClosesWithTheReason() {
        assertThat(endOf("{\"op\":")).startsWith("1002 ");
        assertThat(endOf("\u0000\u0001")).startsWith("1002 ");
        assertThat(endOf("{\"op\":8,\"seq\":1,\"body\":{}}")).startsWith("1002 the first message must be a login");
    }

    @Test
    void anOverlongFrameClosesWith1009() {
        assertThat(endOf("{\"op\":1,\"client_id\":\"" + "x".repeat(1 << 20) + "\"}"))
                .startsWith("1009 ");
    }

    @Test
    void deepAndWideJsonIsRefusedNotSuffered() {
        assertThat(endOf("{\"op\":1,\"x\":" + "[".repeat(100_000))).startsWith("1002 ");
        assertThat(endOf("{\"op\":1," + "\"a\":".repeat(10_000) + "1}")).startsWith("1002 ");
    }

    @Test
    void httpThatIsNoWebSocketGetsHttpErrors() throws IOException {
        int port = URI.create(hub.url()).getPort();
        assertThat(http(port, "GET /channel HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 426 ");
        assertThat(http(port, "GET /channel HTTP/1.1\r\nHost: rebound.example\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ");
        assertThat(http(port, "BLA\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(http(port, "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
    }

    private static String http(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void absurdDatagramsAreIgnored() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setBroadcast(true);
            InetSocketAddress bus = new InetSocketAddress("127.255.255.255", hub.busPort());
            List<String> absurd = List.of(
                    "",
                    "\n",
                    "3\n",
                    "3 99999 id name\n",
                    "3 0 id name\n",
                    "3 -1 id name\n",
                    "4 2000 id name\n",
                    "x y z",
                    "\u0000\u00ff\u00fe",
                    "3 1 " + "i".repeat(5_000) + " n\n",
                    "3 ".repeat(2_000));
            for (String text : absurd) {
                byte[] bytes = text.getBytes(ISO_8859_1);
                socket.send(new DatagramPacket(bytes, bytes.length, bus));
            }
        }
        IvyAgent late = hub.agent("LATE");
        await().until(() -> late.clients().size() == 2);
    }

    @Test
    void malformedLinesAreAnsweredOnceAndTheConnectionStays() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Rude rude = Rude.join(listening, hub.busPort())) {
            rude.say("6 " + listening.getLocalPort() + "\2rude\n");
            rude.say("1 0\2(unclosed\n1 1\2^P (.*) (.*) (.*) (.*) (.*)z$\n1 2\2^ping (.*)\n5 0\2\n");
            rude.say("garbage\n\n2 0 \n99 0\2x\nx y\2z\n2 7\2no such subscription\3\n1 x\2y\n");
            rude.say("2 0\2" + "long".repeat(500_000) + "\n");
            operator.publish(EftlMessage.ofText("P " + "a ".repeat(100))).join();
            rude.awaitAfter(
                    () -> operator.publish(EftlMessage.ofText("ping here")).join(), "2 2\2here\3");
            assertThat(rude.heard()).anyMatch(line -> line.startsWith("3 "));
            assertThat(rude.heard().stream()
                            .filter(line -> line.startsWith("3 "))
                            .count())
                    .isLessThan(6);
        }
    }

    /** An agent that says what it likes. */
    private static final class Rude implements AutoCloseable {
        private final Socket socket;
        private final List<String> heard = new ArrayList<>();
        private final InputStream in;

        private Rude(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
        }

        static Rude join(ServerSocket listening, int busPort) throws IOException {
            try (DatagramSocket udp = new DatagramSocket()) {
                udp.setBroadcast(true);
                byte[] hello = ("3 " + listening.getLocalPort() + " rude-1 rude\n").getBytes(UTF_8);
                udp.send(new DatagramPacket(hello, hello.length, new InetSocketAddress("127.255.255.255", busPort)));
            }
            for (Socket first = listening.accept(); ; first = listening.accept()) {
                Rude rude = new Rude(first);
                if (rude.line().contains("HAWSER")) {
                    return rude;
                }
            }
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
        }

        /** Does {@code again} until {@code line} has come. */
        void awaitAfter(Runnable again, String line) throws IOException {
            socket.setSoTimeout(200);
            for (int tries = 0; tries < 50 && !heard.contains(line); tries++) {
                again.run();
                try {
                    line();
                } catch (SocketTimeoutException quiet) {
                    // nothing yet: once more
                }
            }
            assertThat(heard).contains(line);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the hub closed the connection after " + heard);
                }
                line.append((char) c);
            }
            heard.add(line.toString());
            return line.toString();
        }

        List<String> heard() {
            return heard;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

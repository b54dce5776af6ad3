package io.hawser.net.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.net.Connection;
import io.hawser.net.Net;
import io.hawser.net.NetLimits;
import io.hawser.net.tls.TlsTrust;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HttpClientTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final List<InetSocketAddress> callers = new CopyOnWriteArrayList<>();
    private final Web web = new Web(
            Route.get("/who", exchange -> {
                callers.add(exchange.request().remote());
                exchange.answer(Web.text(exchange.request().header("x").orElse("nobody")));
            }),
            Route.get("/large", exchange -> exchange.answer(HttpResponse.of(200, "x/y", new byte[200_000]))));
    private final HttpClient client = new HttpClient(
            web.net.loops.next(),
            new HttpClient.Options(TlsTrust.system(), Duration.ofMillis(700), NetLimits.defaults(), Web.LIMITS));

    @AfterEach
    void close() {
        client.close();
        web.close();
    }

    @Test
    void readsAWholeAnswerWhateverItsStatus() {
        HttpResponse hello = client.send(HttpCall.get(uri("/hello"))).join();
        assertThat(hello.status()).isEqualTo(200);
        assertThat(hello.text()).isEqualTo("hello");
        assertThat(hello.header("content-type")).contains("text/plain");
        assertThat(client.send(HttpCall.get(uri("/none"))).join().status()).isEqualTo(404);
    }

    @Test
    void sendsABodyAndHeaders() {
        byte[] body = "said".getBytes(ISO_8859_1);
        HttpCall post = HttpCall.of("POST", uri("/echo")).with("text/plain", body);
        assertThat(client.send(post).join().text()).isEqualTo("said");
        assertThat(client.send(HttpCall.get(uri("/who?q=1")).with("X", "me"))
                        .join()
                        .text())
                .isEqualTo("me");
    }

    @Test
    void usesOneConnectionForManyCalls() {
        for (int i = 0; i < 3; i++) {
            client.send(HttpCall.get(uri("/who"))).join();
            assertThat(client.send(HttpCall.of("HEAD", uri("/who"))).join().text())
                    .isEmpty();
        }
        assertThat(callers).hasSize(6);
        assertThat(callers.stream().distinct()).hasSize(1);
    }

    @Test
    void asksAgainWhenAKeptConnectionWasDead() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            Thread serving = new Thread(() -> {
                answerOnce(server, OK + "Content-Length: 1\r\n\r\n1");
                answerOnce(server, OK + "Content-Length: 1\r\n\r\n2");
            });
            serving.start();
            HttpCall get = HttpCall.get(at(server));
            assertThat(client.send(get).join().text()).isEqualTo("1");
            assertThat(client.send(get).join().text()).isEqualTo("2");
        }
    }

    @Test
    void aCallThatIsCancelledEnds() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<HttpResponse> answer = client.send(HttpCall.get(at(server)));
            try (Socket asked = server.accept()) {
                assertThat(asked.getInputStream().read()).isEqualTo('G');
                answer.cancel(false);
                assertThat(new String(asked.getInputStream().readAllBytes(), ISO_8859_1))
                        .startsWith("ET / ")
                        .endsWith("\r\n\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\nto the end",
                "HTTP/1.0 200 OK\r\n\r\nto the end",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nto the\r\n4\r\n end\r\n0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nto the end"
            })
    void understandsEveryKindOfLength(String answer) throws IOException {
        assertThat(call(answer)).isEqualTo("to the end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| the server ended the connection before",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf | the server ended the connection before",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhalf | the server ended the connection before",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n | not soundly chunked",
                "hello\r\n\r\n | not sound HTTP",
                "HTTP/1.1 999 What\r\n\r\n | not sound HTTP"
            })
    void tellsABadAnswer(String answerAndFault) {
        String[] parts = answerAndFault.split("\\|", -1);
        assertThatThrownBy(() -> call(parts[0].stripLeading()))
                .hasMessageContaining(parts[1].strip())
                .hasCauseInstanceOf(
                        parts[1].contains("not sound") ? HttpClient.UnsoundAnswerException.class : IOException.class);
    }

    @Test
    void tellsAnAnswerThatIsTooLong() {
        assertThatThrownBy(client.send(HttpCall.get(uri("/large")))::join)
                .hasMessageContaining("longer than " + Web.LIMITS.maxBodyBytes() + " bytes");
    }

    @Test
    void doesNotWaitForEver() {
        assertThatThrownBy(client.send(HttpCall.get(uri("/park")))::join)
                .hasMessageContaining("no answer within 700 ms");
    }

    @Test
    void tellsThatNobodyListens() throws IOException {
        URI nobody;
        try (ServerSocket server = new ServerSocket(0)) {
            nobody = at(server);
        }
        assertThatThrownBy(client.send(HttpCall.get(nobody))::join)
                .hasMessageContaining("cannot connect to 127.0.0.1:")
                .hasMessageContaining("Connection refused");
    }

    @Test
    void readsNoFasterThanItsReader() {
        AtomicReference<Connection> connection = new AtomicReference<>();
        AtomicReference<String> end = new AtomicReference<>("");
        List<Integer> pieces = new CopyOnWriteArrayList<>();
        client.send(HttpCall.get(uri("/large")), new HttpReader() {
            @Override
            public void head(HttpResponse head, Connection from) {
                connection.set(from);
                from.reading(false);
            }

            @Override
            public void piece(byte[] bytes) {
                pieces.add(bytes.length);
            }

            @Override
            public void end() {
                end.set("ended");
            }

            @Override
            public void failed(String why) {
                end.set(why);
            }
        });
        Connection open = Awaitility.await("a head").until(connection::get, from -> from != null);
        assertThat(pieces).isEmpty();
        open.loop().execute(() -> open.reading(true));
        Awaitility.await("the end").until(() -> "ended".equals(end.get()));
        assertThat(pieces.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200_000);
    }

    @Test
    void failsWhatIsNotAnsweredWhenItCloses() {
        CompletableFuture<HttpResponse> parked = client.send(HttpCall.get(uri("/park")));
        web.parked();
        client.close();
        assertThatThrownBy(parked::join).hasMessageContaining("ended the connection");
        assertThatThrownBy(client.send(HttpCall.get(uri("/hello")))::join).hasMessageContaining("client is closed");
    }

    @Test
    void refusesAddressesAndHeadersThatMakeNoSense() {
        assertThatThrownBy(() -> HttpCall.get(URI.create("ftp://x/"))).hasMessageContaining("http://host:port/path");
        assertThatThrownBy(() -> HttpCall.get(uri("/")).with("X", "1\r\nY: 2")).hasMessageContaining("HTTP forbids");
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + web.listener().address().getPort() + path);
    }

    private static URI at(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    /** What the client makes of an answer after which TCP ends. */
    private String call(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, Net.ANY_PORT.getAddress())) {
            Thread serving = new Thread(() -> answerOnce(server, answer));
            serving.start();
            return client.send(HttpCall.of("POST", at(server))).join().text();
        }
    }

    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.hawser.net.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.net.Handshake;
import io.hawser.net.Listener;
import io.hawser.net.Net;
import io.hawser.net.NetLimits;
import io.hawser.net.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpExchangeTest {
    private static final String PARK = "GET /park HTTP/1.1\r\nHost: x\r\n\r\n";

    private final List<Integer> pieces = new CopyOnWriteArrayList<>();
    private final Web web = new Web(
            Route.post("/slowly", this::slowly),
            Route.post(
                    "/brief",
                    exchange -> exchange.wholeBody(
                            3, HttpResponse.error(413, 11, "be brief"), body -> exchange.answer(Web.text("read")))),
            Route.get(
                    "/seen/{one}/{rest*}",
                    exchange -> exchange.answer(Web.text(exchange.request().toString()))));

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void isAnsweredLater() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send(PARK);
            HttpExchange parked = web.parked();
            assertThat(parked.waits()).isTrue();
            parked.loop().schedule(Web.LIMITS.idleTimeout().multipliedBy(2), () -> parked.answer(Web.text("late")));
            assertThat(Web.answer(peer, 4)).endsWith("late");
            assertThat(parked.waits()).isFalse();
        }
    }

    @Test
    void hearsWhetherItsAnswerHasLeft() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send(PARK);
            HttpExchange parked = web.parked();
            parked.loop().execute(() -> parked.answer(Web.text("hello"), taken -> web.heard.set("taken " + taken)));
            assertThat(Web.answer(peer, 5)).endsWith("hello");
            web.awaits("taken true");
        }
        web.parked.set(null);
        byte[] large = new byte[20_000_000];
        try (RawPeer peer = web.peer()) {
            peer.send(PARK);
            HttpExchange parked = web.parked();
            parked.loop()
                    .execute(() -> parked.answer(
                            HttpResponse.of(200, "text/plain", large), taken -> web.heard.set("taken " + taken)));
            assertThat(peer.head()).startsWith("HTTP/1.1 200 ");
            peer.reset();
        }
        web.awaits("taken false");
    }

    @Test
    void aBodyThatIsTooLongIsAnsweredAsItsHandlerSays() throws IOException {
        String post = "POST /brief HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        assertThat(web.exchange(post + "Content-Length: 3\r\n\r\nabc")).endsWith("read");
        assertThat(web.exchange(post + "Content-Length: 4\r\n\r\nabcd"))
                .startsWith("HTTP/1.1 413 ")
                .contains("{\"error\":{\"code\":11,\"reason\":\"be brief\"}}");
        assertThat(web.exchange(post + "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("be brief");
    }

    @Test
    void hearsThatItsClientIsGone() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send(PARK);
            web.parked();
        }
        web.awaits("gone");
        HttpExchange parked = web.parked();
        assertThat(parked.waits()).isFalse();
        parked.loop().execute(() -> {
            parked.answer(Web.text("to nobody"));
            web.heard.set("answered");
        });
        web.awaits("answered");
    }

    @Test
    void hearsNothingWhenItWasAnsweredInTime() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send(PARK);
            HttpExchange parked = web.parked();
            parked.loop().execute(() -> parked.answer(Web.text("in time")));
            Web.answer(peer, 7);
        }
        web.net.loops.all().forEach(loop -> loop.execute(() -> {}));
        web.close();
        assertThat(web.heard.get()).isEmpty();
    }

    @Test
    void isTheLastOneWhenTheListenerCloses() throws IOException {
        try (RawPeer idle = web.peer();
                RawPeer peer = web.peer()) {
            peer.send(PARK);
            HttpExchange parked = web.parked();
            idle.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            Web.answer(idle, 5);
            Thread closing = new Thread(web.listener()::close);
            closing.start();
            assertThat(idle.rest()).isEmpty();
            parked.loop().execute(() -> parked.answer(Web.text("goodbye")));
            assertThat(peer.rest()).contains("Connection: close").endsWith("goodbye");
            Awaitility.await("closed").until(() -> !closing.isAlive());
        }
    }

    @Test
    void anIdleOneThatDoesNotAnswerOurEndHoldsTheListenerUpForAMomentOnly() throws IOException {
        try (RawPeer idle = web.peer()) {
            idle.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            Web.answer(idle, 5);
            long begun = System.nanoTime();
            web.listener().close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(NetLimits.defaults().closeTimeout());
            assertThat(idle.rest()).isEmpty();
        }
    }

    @Test
    void readsNoFasterThanItsHandler() throws IOException {
        int bytes = 90_000;
        try (RawPeer peer = web.peer()) {
            peer.send("POST /slowly HTTP/1.1\r\nHost: x\r\nContent-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes));
            HttpExchange exchange = web.parked();
            int read = 0;
            for (int i = 1; read < bytes; i++) {
                int count = i;
                Awaitility.await("piece " + i).until(() -> pieces.size() >= count);
                assertThat(pieces).hasSize(count);
                read = pieces.stream().mapToInt(Integer::intValue).sum();
                exchange.loop().execute(() -> exchange.reading(true));
            }
            assertThat(Web.answer(peer, 4)).endsWith("done");
        }
    }

    @Test
    void tellsPathQueryHeadersAndParameters() throws IOException {
        String target = "/seen/a%2Fb/c+d/e%20f?x=1%262&x=3&y";
        String headers = "Host: x\r\nAUTHORIZATION: Basic dTpwOnE=\r\nConnection: close\r\n";
        String seen = web.exchange("GET " + target + " HTTP/1.1\r\n" + headers + "\r\n");
        assertThat(seen)
                .contains("segments=[seen, a/b, c+d, e f]")
                .contains("one=a/b")
                .contains("rest=c+d/e f")
                .contains("x=1&2")
                .contains("authorization=Basic dTpwOnE=");
    }

    @Test
    void knowsCredentials() {
        assertThat(Credentials.parse("Basic dTpwOnE=")).contains(new Credentials.Basic("u", "p:q"));
        assertThat(Credentials.parse("bearer  t0k")).contains(new Credentials.Bearer("t0k"));
        assertThat(Credentials.parse("Basic ???")).isEmpty();
        assertThat(Credentials.parse("Basic dTpw"))
                .hasValueSatisfying(pair -> assertThat(pair).hasToString("Basic[user=u]"));
        assertThat(Credentials.parse("Bearer")).isEmpty();
        assertThat(Credentials.parse("Digest x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9190,             , 200",
        "127.0.0.1:9190,             , 200",
        "[::1],                      , 200",
        "evil.example:9190,          , 421",
        "localhost.evil.example,     , 421",
        "localhost:9190, http://localhost:9190, 200",
        "localhost:9190, http://localhost:80, 403",
        "localhost:9190, http://evil.example, 403",
        "localhost:9190, null,         403"
    })
    void answersOnlyWhereAndToWhomItShould(String host, String origin, int status) throws IOException {
        try (Web guarded = new Web(Sites.loopback())) {
            String answer = guarded.exchange("GET /hello HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\n"
                    + (origin == null ? "" : "Origin: " + origin + "\r\n") + "\r\n");
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000, 200",
        "http://localhost, 200",
        "https://localhost:8000, 403",
        "http://localhost.evil.example:80, 403",
        "null, 403"
    })
    void anOriginMayLeaveItsPortOpen(String origin, int status) throws IOException {
        try (Web guarded = new Web(new Sites(Set.of(), Set.of("http://localhost:*")))) {
            String answer = guarded.exchange(
                    "GET /hello HTTP/1.1\r\nConnection: close\r\nHost: x\r\nOrigin: " + origin + "\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void becomesAWebSocketOnTheSamePort() throws IOException {
        Recorded recorded = new Recorded();
        HttpServer.Options options = HttpServer.Options.of(
                        Routes.of(Route.get("/hello", x -> x.answer(Web.text("hi")))))
                .with(handshake -> handshake.path().equals("/channel")
                        ? new Handshake.Accept(java.util.Optional.empty(), recorded)
                        : new Handshake.Refuse(404, "no such channel"));
        try (Listener listener = HttpServer.bind(web.net.loops, Net.ANY_PORT, options);
                RawPeer peer = new RawPeer(listener.address())) {
            peer.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(Web.answer(peer, 2)).endsWith("hi");
            peer.send(RawPeer.upgrade("/channel", "") + "\u0081\u0082\0\0\0\0ok");
            assertThat(peer.head()).startsWith("HTTP/1.1 101 ");
            recorded.awaits("ok");
            try (RawPeer other = new RawPeer(listener.address())) {
                other.send(RawPeer.upgrade("/other", ""));
                assertThat(other.rest()).startsWith("HTTP/1.1 404 ").endsWith("no such channel\n");
            }
        }
    }

    private void slowly(HttpExchange exchange) {
        exchange.body(new HttpBody() {
            @Override
            public void piece(byte[] bytes) {
                exchange.reading(false);
                pieces.add(bytes.length);
            }

            @Override
            public void end() {
                exchange.answer(Web.text("done"));
            }
        });
        web.parked.set(exchange);
    }

    /** Keeps what a WebSocket says. */
    private static final class Recorded implements io.hawser.net.WebSocketHandler {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        void awaits(String text) {
            Awaitility.await(text).until(() -> texts.contains(text));
        }

        @Override
        public void opened(io.hawser.net.WebSocket socket) {}

        @Override
        public void text(byte[] message) {
            texts.add(new String(message, ISO_8859_1));
        }

        @Override
        public void binary(byte[] message) {}

        @Override
        public void closed(int code, String reason) {}
    }
}

package io.hawser.net.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.net.RawPeer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpServerTest {
    private static final String HELLO = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LAST = "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final String HELLO_ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

    private final Web web = new Web(
            Route.get("/chunks", HttpServerTest::chunks),
            Route.get("/promised", HttpServerTest::promised),
            Route.get("/fails", exchange -> {
                throw new IllegalStateException("on purpose");
            }),
            Route.post("/deaf", exchange -> exchange.answer(Web.text("whatever"))),
            Route.get("/empty", exchange -> exchange.answer(HttpResponse.of(204))));

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void keepsAConnectionForManyRequests() throws IOException {
        try (RawPeer peer = web.peer()) {
            for (int i = 0; i < 3; i++) {
                peer.send(HELLO);
                assertThat(Web.answer(peer, 5)).isEqualTo(HELLO_ANSWER);
            }
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send(post("/echo", "one") + "GET /park HTTP/1.1\r\nHost: x\r\n\r\n" + HELLO + post("/echo", "two"));
            assertThat(Web.answer(peer, 3)).endsWith("\r\n\r\none");
            HttpExchange parked = web.parked();
            assertThat(peer.in().available()).isZero();
            parked.loop().execute(() -> parked.answer(Web.text("late")));
            assertThat(Web.answer(peer, 4)).endsWith("\r\n\r\nlate");
            assertThat(Web.answer(peer, 5)).isEqualTo(HELLO_ANSWER);
            assertThat(Web.answer(peer, 3)).endsWith("\r\n\r\ntwo");
        }
    }

    @Test
    void endsTheConnectionWhenTheClientWants() throws IOException {
        assertThat(web.exchange(LAST))
                .isEqualTo(HELLO_ANSWER.replace("Content-Length", "Connection: close\r\nContent-Length"));
        assertThat(web.exchange("GET /hello HTTP/1.0\r\n\r\n")).contains("Connection: close");
    }

    @Test
    void keepsAnOldClientThatAsksForIt() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(Web.answer(peer, 5)).contains("Connection: keep-alive");
            peer.send(LAST);
            assertThat(peer.rest()).endsWith("hello");
        }
    }

    @Test
    void answersHeadWithoutBody() throws IOException {
        String head = LAST.replace("GET", "HEAD");
        assertThat(web.exchange(head)).contains("Content-Length: 5\r\n").endsWith("\r\n\r\n");
        assertThat(web.exchange(head.replace("hello", "chunks"))).endsWith("\r\n\r\n");
        assertThat(web.exchange(head.replace("hello", "nothing")))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void takesBodiesWithALengthChunkedAndNone() throws IOException {
        assertThat(web.exchange(last(post("/echo", "with a length")))).endsWith("\r\n\r\nwith a length");
        String post = "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        String chunks = "3\r\nin \r\n6\r\npieces\r\n0\r\n\r\n";
        assertThat(web.exchange(post + "Transfer-Encoding: chunked\r\n\r\n" + chunks))
                .endsWith("\r\n\r\nin pieces");
        assertThat(web.exchange(post + "\r\n")).contains("Content-Length: 0\r\n");
    }

    @Test
    void streamsAnswersInChunks() throws IOException {
        assertThat(web.exchange(LAST.replace("hello", "chunks")))
                .contains("Transfer-Encoding: chunked\r\n")
                .endsWith("\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
        assertThat(web.exchange("GET /chunks HTTP/1.0\r\n\r\n"))
                .doesNotContain("chunked")
                .endsWith("\r\n\r\nabc");
        assertThat(web.exchange(LAST.replace("hello", "promised")))
                .contains("Content-Length: 3\r\n")
                .endsWith("\r\n\r\nabc");
    }

    @Test
    void asksForTheBodyOnlyWhenSomebodyWantsIt() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(peer.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            peer.send("ok");
            assertThat(Web.answer(peer, 2)).endsWith("\r\n\r\nok");
        }
        assertThat(web.exchange("POST /deaf HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void forgetsABodyThatNobodyReads() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send(post("/deaf", "x".repeat(50_000)) + HELLO);
            assertThat(Web.answer(peer, 8)).endsWith("whatever");
            assertThat(Web.answer(peer, 5)).isEqualTo(HELLO_ANSWER);
        }
        String much = web.exchange(post("/deaf", "x".repeat(99_000)) + HELLO);
        assertThat(much).endsWith("whatever");
    }

    @Test
    void saysNothingWithout() throws IOException {
        assertThat(web.exchange(LAST.replace("hello", "empty")))
                .isEqualTo("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    }

    @Test
    void tellsAFailedHandlerAs500() throws IOException {
        assertThat(web.exchange(HELLO.replace("hello", "fails")))
                .startsWith("HTTP/1.1 500 ")
                .endsWith("\r\n\r\n{\"error\":{\"code\":500,\"reason\":\"internal error\"}}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET /nothing HTTP/1.1~Host: x~Connection: close~~                       | 404 | there is nothing at /nothing",
                "PUT /hello HTTP/1.1~Host: x~Connection: close~~                         | 405 | PUT is not understood at /hello",
                "GET /hello HTTP/1.1~~                                                   | 400 | exactly one header Host",
                "GET /hello HTTP/1.1~Host: x~Host: y~~                                   | 400 | exactly one header Host",
                "GET /hello HTTP/2.0~Host: x~~                                           | 505 | only HTTP/1.1",
                "GET http://x/ HTTP/1.1~Host: x~~                                        | 400 | begins with /",
                "GET /a/../b HTTP/1.1~Host: x~~                                          | 400 | no segments",
                "GET /%2e%2e/b HTTP/1.1~Host: x~~                                        | 400 | no segments",
                "GET /a%00b HTTP/1.1~Host: x~~                                           | 400 | control characters",
                "GET /a%zz HTTP/1.1~Host: x~~                                            | 400 | malformed request target",
                "hello~~                                                                 | 400 | not a sound HTTP request",
                "GET /hello HTTP/1.1~Host: x~: x~~                                       | 400 | not a sound HTTP request",
                "POST /echo HTTP/1.1~Host: x~Expect: cake~Content-Length: 1~~            | 417 | 100-continue",
                "POST /echo HTTP/1.1~Host: x~Transfer-Encoding: gzip~~                   | 400 | not a sound HTTP request",
                "POST /echo HTTP/1.1~Host: x~Transfer-Encoding: gzip, chunked~~          | 501 | chunked",
                "POST /echo HTTP/1.1~Host: x~Content-Length: 1~Transfer-Encoding: chunked~~0~~ | 400 | not a sound HTTP request",
                "POST /echo HTTP/1.1~Host: x~Content-Length: 1~Content-Length: 2~~ab      | 400 | not a sound HTTP request",
                "POST /echo HTTP/1.1~Host: x~Content-Length: -1~~ab                       | 400 | not a sound HTTP request",
                "POST /echo HTTP/1.1~Host: x~Transfer-Encoding: chunked~~zz~              | 400 | not soundly chunked"
            })
    void tellsWhatIsWrong(String request, int status, String why) throws IOException {
        String answer = web.exchange(request.replace("~", "\r\n"));
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("Content-Type: application/json\r\n")
                .contains("\r\n\r\n{\"error\":{\"code\":" + status + ",")
                .contains(why);
    }

    @Test
    void namesTheMethodsOfAPath() throws IOException {
        assertThat(web.exchange(LAST.replace("GET /hello", "GET /echo"))).contains("\r\nAllow: POST\r\n");
    }

    private static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String last(String request) {
        return request.replaceFirst("Host: x\r\n", "Host: x\r\nConnection: close\r\n");
    }

    private static void chunks(HttpExchange exchange) {
        HttpStream out = exchange.stream(HttpResponse.of(200));
        out.send("ab".getBytes(ISO_8859_1));
        exchange.loop().execute(() -> {
            out.send("c".getBytes(ISO_8859_1));
            out.end();
        });
    }

    private static void promised(HttpExchange exchange) {
        HttpStream out = exchange.stream(HttpResponse.of(200).with("Content-Length", "3"));
        out.send("abc".getBytes(ISO_8859_1));
        out.end();
    }
}

package io.hawser.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.net.RawPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies of any length, in and out. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HttpSourceTest {
    private static final int PIECE = 100_000;

    private final Web web = new Web(
            Route.get("/good", exchange -> exchange.stream(HttpResponse.of(200), new Pieces(3, false))),
            Route.get("/known", exchange -> exchange.stream(length(300_000), new Pieces(3, false))),
            Route.get("/damaged", exchange -> exchange.stream(HttpResponse.of(200), new Pieces(2, true))),
            Route.get("/endless", exchange -> exchange.stream(HttpResponse.of(200), new Pieces(1_000_000, false))),
            Route.post("/large", exchange -> count(exchange, 3 * Web.LIMITS.maxBodyBytes())),
            Route.post("/small", exchange -> count(exchange, 10)));

    @AfterEach
    void close() {
        web.close();
    }

    private static HttpResponse length(int bytes) {
        return HttpResponse.of(200).with("Content-Length", String.valueOf(bytes));
    }

    @Test
    void aSourceIsSentAsAWholeAndClosed() throws IOException {
        String answer = web.exchange("GET /good HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).endsWith("\r\n0\r\n\r\n").hasSizeGreaterThan(3 * PIECE);
        web.awaits("closed after 3");
        assertThat(web.exchange("GET /known HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains("Content-Length: 300000\r\n")
                .endsWith("\0\0\0");
    }

    @Test
    void headHearsTheHeadAlone() throws IOException {
        assertThat(web.exchange("HEAD /known HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains("Content-Length: 300000\r\n")
                .endsWith("\r\n\r\n");
        web.awaits("closed after 0");
    }

    @Test
    void aSourceThatFailsBreaksTheConnection() throws IOException {
        String answer = web.exchange("GET /damaged HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ").hasSizeGreaterThan(PIECE).doesNotEndWith("0\r\n\r\n");
        web.awaits("closed after 2");
    }

    @Test
    void aSourceIsClosedWhenItsReaderLeaves() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
            peer.in().skipNBytes(PIECE);
        }
        Awaitility.await().until(() -> String.valueOf(web.heard.get()).startsWith("closed after "));
    }

    @Test
    void aHandlerSetsALimitOfItsOwnForABody() throws IOException {
        int most = (int) (3 * Web.LIMITS.maxBodyBytes());
        assertThat(web.exchange(post("/large", most))).endsWith("took " + most);
        assertThat(web.exchange(post("/large", most + 1)))
                .startsWith("HTTP/1.1 413 ")
                .contains("longer than " + most + " bytes");
        web.awaits("broken after 0");
        assertThat(web.exchange(post("/small", 10))).endsWith("took 10");
        assertThat(web.exchange(post("/small", 11))).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyThatStopsOrWhoseClientLeavesIsBroken() throws IOException {
        String half = post("/large", 9).replace("xxxxxxxxx", "half");
        assertThat(web.exchange(half)).startsWith("HTTP/1.1 408 ");
        web.awaits("broken after 4");
        web.heard.set("");
        try (RawPeer peer = web.peer()) {
            peer.send(half);
            web.awaits("4");
        }
        web.awaits("broken after 4");
        web.heard.set("");
        String head = "POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(web.exchange(head + "b\r\n" + "x".repeat(11) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        web.awaits("broken after 0");
    }

    private static String post(String path, int bytes) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + bytes + "\r\n\r\n"
                + "x".repeat(bytes);
    }

    private void count(HttpExchange exchange, long most) {
        exchange.body(most, new HttpBody() {
            private int count;

            @Override
            public void piece(byte[] bytes) {
                count += bytes.length;
                web.heard.set(String.valueOf(count));
            }

            @Override
            public void end() {
                exchange.answer(Web.text("took " + count));
            }

            @Override
            public void broken() {
                web.heard.set("broken after " + count);
            }
        });
    }

    /** So many pieces of zeros, and then the end, or none. */
    private final class Pieces implements HttpSource {
        private final int many;
        private final boolean damaged;
        private int given;

        Pieces(int many, boolean damaged) {
            this.many = many;
            this.damaged = damaged;
        }

        @Override
        public CompletableFuture<ByteBuffer> next() {
            if (given == many) {
                return damaged
                        ? CompletableFuture.failedFuture(new IllegalStateException("damaged"))
                        : CompletableFuture.completedFuture(ByteBuffer.allocate(0));
            }
            given++;
            return CompletableFuture.supplyAsync(() -> ByteBuffer.allocate(PIECE));
        }

        @Override
        public void close() {
            web.heard.set("closed after " + given);
        }
    }
}

package io.hawser.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.net.Net;
import io.hawser.net.RawPeer;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HttpLimitsTest {
    private static final int MAX_HEADER = Net.LIMITS.maxHeaderBytes();
    private static final int MAX_BODY = (int) Web.LIMITS.maxBodyBytes();

    private final AtomicLong streamed = new AtomicLong();
    private final Web web = new Web(Route.post("/swallow", this::swallow), Route.get("/endless", this::endless));

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void defaultsCloseASlowClientWithinTenSeconds() {
        HttpLimits limits = HttpLimits.defaults();
        assertThat(limits.headTimeout()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(limits.bodyTimeout()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> limits.withMaxBodyBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesALineUpToItsLimit() throws IOException {
        String line = "GET /hello?" + "x".repeat(MAX_HEADER - "GET /hello? HTTP/1.1".length()) + " HTTP/1.1";
        assertThat(web.exchange(line + "\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(web.exchange(line.replace("?", "?x") + "\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
    }

    @Test
    void takesHeadersUpToTheirLimit() throws IOException {
        String headers = "Host: x\r\nConnection: close\r\nX: ";
        String rest = "x".repeat(MAX_HEADER - headers.replace("\r\n", "").length());
        assertThat(web.exchange("GET /hello HTTP/1.1\r\n" + headers + rest + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(web.exchange("GET /hello HTTP/1.1\r\n" + headers + rest + "x\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void takesABodyUpToItsLimit() throws IOException {
        assertThat(web.exchange(announced(MAX_BODY))).endsWith("\r\n\r\nswallowed " + MAX_BODY);
        String refused = web.exchange(announced(MAX_BODY + 1));
        assertThat(refused).startsWith("HTTP/1.1 413 ").contains("longer than " + MAX_BODY + " bytes");
    }

    @Test
    void countsAChunkedBody() throws IOException {
        assertThat(web.exchange(chunked(MAX_BODY))).endsWith("\r\n\r\nswallowed " + MAX_BODY);
        assertThat(web.exchange(chunked(MAX_BODY + 1))).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void takesAWholeBodyUpToWhatTheHandlerSays() throws IOException {
        assertThat(web.exchange(announced(1000).replace("swallow", "echo"))).startsWith("HTTP/1.1 200 ");
        assertThat(web.exchange(announced(1001).replace("swallow", "echo"))).startsWith("HTTP/1.1 413 ");
        assertThat(web.exchange(chunked(1000).replace("swallow", "echo"))).startsWith("HTTP/1.1 200 ");
        assertThat(web.exchange(chunked(1001).replace("swallow", "echo"))).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void dropsWhoSaysNothing() throws IOException {
        try (RawPeer peer = web.peer()) {
            assertThat(peer.rest()).isEmpty();
        }
    }

    @Test
    void endsAHeadThatTrickles() throws IOException {
        try (RawPeer peer = web.peer()) {
            assertThat(trickle(peer, "GET /hello HTTP/1.1\r\nX: ")).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void endsALaterHeadThatTrickles() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            Web.answer(peer, 5);
            assertThat(trickle(peer, "GET /hello HTTP/1.1\r\nX: ")).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void endsABodyThatStops() throws IOException {
        assertThat(web.exchange("POST /swallow HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"))
                .startsWith("HTTP/1.1 408 ");
    }

    @Test
    void endsAWholeBodyThatTrickles() throws IOException {
        try (RawPeer peer = web.peer()) {
            String head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n";
            assertThat(trickle(peer, head)).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void endsAnIdleConnection() throws IOException {
        try (RawPeer peer = web.peer()) {
            peer.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(peer.rest()).endsWith("hello");
        }
    }

    @Test
    void dropsWhoDoesNotReadItsAnswer() throws IOException {
        try (RawPeer peer = new RawPeer(web.listener().address(), 8 * 1024)) {
            peer.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
            web.awaits("gone");
            assertThat(streamed).hasPositiveValue();
        }
    }

    @Test
    void keepsWhoReadsSlowly() throws IOException {
        try (RawPeer peer = new RawPeer(web.listener().address(), 8 * 1024)) {
            peer.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
            AtomicInteger reads = new AtomicInteger();
            Duration pause = Duration.ofMillis(20);
            long enough = 2 * Web.LIMITS.sendTimeout().dividedBy(pause);
            Awaitility.await("many reads").pollInterval(pause).until(() -> {
                peer.in().skipNBytes(200_000);
                return reads.incrementAndGet() > enough;
            });
            assertThat(web.heard.get()).isEmpty();
        }
    }

    /** Sends a byte again and again until the server has had enough, and reads what it says. */
    private static String trickle(RawPeer peer, String begin) throws IOException {
        peer.send(begin);
        Awaitility.await("an answer").pollInterval(Duration.ofMillis(50)).until(() -> {
            peer.send("x");
            return peer.in().available() > 0;
        });
        try {
            return peer.rest();
        } catch (SocketException reset) {
            throw new AssertionError("the answer was lost", reset);
        }
    }

    private static String announced(int bytes) {
        return "POST /swallow HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + bytes + "\r\n\r\n"
                + "x".repeat(bytes);
    }

    private static String chunked(int bytes) {
        return "POST /swallow HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(bytes) + "\r\n" + "x".repeat(bytes) + "\r\n0\r\n\r\n";
    }

    private void swallow(HttpExchange exchange) {
        exchange.body(new HttpBody() {
            private int count;

            @Override
            public void piece(byte[] bytes) {
                count += bytes.length;
            }

            @Override
            public void end() {
                exchange.answer(Web.text("swallowed " + count));
            }
        });
    }

    private void endless(HttpExchange exchange) {
        exchange.whenGone(() -> web.heard.set("gone"));
        HttpStream out = exchange.stream(HttpResponse.of(200));
        Runnable more = () -> {
            while (out.writable()) {
                out.send(new byte[10_000]);
                streamed.addAndGet(10_000);
            }
        };
        out.whenWritable(more);
        more.run();
    }
}

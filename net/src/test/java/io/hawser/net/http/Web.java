package io.hawser.net.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hawser.net.Listener;
import io.hawser.net.Net;
import io.hawser.net.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** A server for a test, and what a plain TCP client reads from it. */
final class Web implements AutoCloseable {
    static final HttpLimits LIMITS = new HttpLimits(
            100_000, Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(1200), Duration.ofMillis(900));

    final Net net = new Net();
    final AtomicReference<HttpExchange> parked = new AtomicReference<>();
    final AtomicReference<String> heard = new AtomicReference<>("");
    private final Listener listener;

    Web(Route... more) {
        this(Sites.any(), more);
    }

    Web(Sites sites, Route... more) {
        Routes routes = Routes.of(
                        Route.get("/hello", exchange -> exchange.answer(text("hello"))),
                        Route.post(
                                "/echo",
                                exchange -> exchange.wholeBody(
                                        1000, body -> exchange.answer(HttpResponse.of(200, "text/plain", body)))),
                        Route.get("/park", this::park))
                .and(Routes.of(more));
        listener = HttpServer.bind(
                net.loops,
                Net.ANY_PORT,
                HttpServer.Options.of(routes).with(sites).with(Net.LIMITS, LIMITS));
    }

    static HttpResponse text(String text) {
        return HttpResponse.of(200, "text/plain", text.getBytes(ISO_8859_1));
    }

    Listener listener() {
        return listener;
    }

    RawPeer peer() throws IOException {
        return new RawPeer(listener.address());
    }

    /** All that the server says to {@code request} until it ends the connection. */
    String exchange(String request) throws IOException {
        try (RawPeer peer = peer()) {
            peer.send(request);
            return peer.rest();
        }
    }

    /** One answer on a connection that stays: its head and {@code bodyBytes} of body. */
    static String answer(RawPeer peer, int bodyBytes) throws IOException {
        return peer.head() + new String(peer.in().readNBytes(bodyBytes), ISO_8859_1);
    }

    HttpExchange parked() {
        return Awaitility.await("a parked request").until(parked::get, exchange -> exchange != null);
    }

    void awaits(String what) {
        Awaitility.await(what).until(() -> what.equals(heard.get()));
    }

    private void park(HttpExchange exchange) {
        exchange.whenGone(() -> heard.set("gone"));
        parked.set(exchange);
    }

    @Override
    public void close() {
        net.close();
    }
}

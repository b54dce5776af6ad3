package io.hawser.verify.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpLimits;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpServer;
import io.hawser.net.http.Route;
import io.hawser.net.http.Routes;
import io.hawser.net.tls.TlsIdentity;
import io.hawser.net.tls.TlsTrust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A server before the hub that devices speak to over TLS: it passes everything on, but for calls with messages, some of which it
 * treats as its mood is. Callable from any thread.
 */
final class MoodyServer implements AutoCloseable {
    private static final int LONGEST = 4 << 20;
    private static final String HOLD = "1";
    private static final List<String> PASSED_ON =
            List.of("authorization", "accept", "x-endpointid", "x-activationid", "x-http-method-override");

    private final Loops loops = Loops.start(1, "moody");
    private final HttpClient client;
    private final Listener listener;
    private final int hub;
    private Mood mood = Mood.KIND;
    private int left;

    /** What becomes of a call with messages. */
    enum Mood {
        /** It is passed on. */
        KIND,
        /** 503, with seconds in Retry-After; the hub does not hear of it. */
        BUSY_SECONDS,
        /** The same with a date. */
        BUSY_DATE,
        /** The hub has answered it, and the device reads 503. */
        FORGETFUL
    }

    /** Before the hub at the port {@code hub} of loopback, whose certificate this has too. */
    MoodyServer(int hub, DevelopmentAuthority own) {
        this.hub = hub;
        NetLimits net = NetLimits.defaults();
        Duration patient = Duration.ofMinutes(2);
        HttpLimits http = new HttpLimits(
                LONGEST, patient, patient, patient, HttpLimits.defaults().idleTimeout());
        client = new HttpClient(loops.next(), new HttpClient.Options(TlsTrust.pem(own.trust()), patient, net, http));
        listener = HttpServer.bind(
                loops,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                HttpServer.Options.of(
                                Routes.of(Route.get("/{path*}", this::handle), Route.post("/{path*}", this::handle)))
                        .with(TlsIdentity.pem(own.certificate(), own.key()))
                        .with(net, http));
    }

    /** Where devices find it. */
    String url() {
        return "https://localhost:" + listener.address().getPort();
    }

    /** The next {@code calls} with messages meet this mood; those after them a kind one. */
    synchronized void mood(Mood next, int calls) {
        mood = next;
        left = calls;
    }

    /** How many calls will meet the mood yet. */
    synchronized int left() {
        return left;
    }

    private synchronized Mood next() {
        if (left == 0) {
            return Mood.KIND;
        }
        left--;
        return mood;
    }

    private void handle(HttpExchange exchange) {
        boolean messages = exchange.request().path().endsWith("/messages");
        Mood met = messages ? next() : Mood.KIND;
        switch (met) {
            case BUSY_SECONDS -> exchange.answer(HttpResponse.of(503).with("Retry-After", HOLD));
            case BUSY_DATE -> {
                Instant now = Instant.now();
                exchange.answer(
                        HttpResponse.of(503).with("Date", date(now)).with("Retry-After", date(now.plusSeconds(1))));
            }
            default -> exchange.wholeBody(LONGEST, body -> passOn(exchange, body, met == Mood.FORGETFUL));
        }
    }

    private static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    private void passOn(HttpExchange exchange, byte[] body, boolean forgetful) {
        HttpRequest asked = exchange.request();
        HttpCall call = HttpCall.of(asked.method(), uri(asked));
        for (String name : PASSED_ON) {
            if (asked.header(name).isPresent()) {
                call = call.with(name, asked.header(name).get());
            }
        }
        if (body.length > 0) {
            call = call.with(asked.header("content-type").orElse("application/json"), body);
        }
        CompletableFuture<HttpResponse> answer = client.send(call);
        exchange.whenGone(() -> answer.cancel(false));
        answer.whenComplete((said, failure) -> {
            if (!exchange.waits()) {
                return;
            }
            if (failure != null || forgetful) {
                exchange.answer(HttpResponse.of(failure == null ? 503 : 502));
            } else {
                exchange.answer(HttpResponse.of(
                        said.status(), said.header("Content-Type").orElse("text/plain"), said.body()));
            }
        });
    }

    private URI uri(HttpRequest asked) {
        String path = asked.segments().stream().map(MoodyServer::encode).collect(Collectors.joining("/"));
        String query = asked.query().entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create("https://localhost:" + hub + "/" + path + (query.isEmpty() ? "" : "?" + query));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        listener.close();
        client.close();
        loops.close();
    }
}

package io.hawser.eftl.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.net.http.HttpHandler;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import io.hawser.net.http.Routes;
import io.hawser.net.http.Sites;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What the port of the eFTL server answers to plain HTTP: the client for web pages, and what a channel is for. */
final class EftlPages {
    /** Beside the Java library, in {@code io.hawser.eftl}. */
    private static final String SCRIPT = "/io/hawser/eftl/hawser.js";

    private EftlPages() {}

    /** Routes for {@code /hawser.js} and for each of {@code channels}, named without the slash. */
    static Routes routes(Collection<String> channels) {
        HttpResponse no = HttpResponse.of(
                        426,
                        "text/plain; charset=utf-8",
                        "this is an eFTL channel: connect with a WebSocket client\n".getBytes(UTF_8))
                .with("Upgrade", "websocket");
        Stream<Route> upgrades = channels.stream().map(channel -> Route.get("/" + channel, answer(no)));
        return Routes.of(Route.get("/hawser.js", answer(script()))).and(new Routes(upgrades.toList()));
    }

    /**
     * To whom a server at {@code at} answers. On loopback it has only the names of loopback: a page cannot reach it under a
     * name of its own that points here.
     */
    static Sites sites(InetSocketAddress at, Set<String> origins) {
        Set<String> hosts = new HashSet<>();
        if (at.getAddress() != null && at.getAddress().isLoopbackAddress()) {
            hosts.addAll(Sites.loopback().hosts());
            hosts.add(at.getHostString().toLowerCase(Locale.ROOT));
        }
        return new Sites(hosts, origins);
    }

    private static HttpHandler answer(HttpResponse response) {
        return exchange -> exchange.answer(response);
    }

    /** Pages of another origin may load it, as far as the server answers them at all; what it is, it is for everybody. */
    private static HttpResponse script() {
        try (InputStream script = EftlPages.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IllegalStateException(SCRIPT + " is missing in the program");
            }
            return HttpResponse.of(200, "text/javascript; charset=utf-8", script.readAllBytes())
                    .with("Access-Control-Allow-Origin", "*")
                    .with("X-Content-Type-Options", "nosniff")
                    .with("Cache-Control", "no-cache");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

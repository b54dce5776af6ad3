package io.hawser.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.http.Credentials;
import io.hawser.net.http.HttpHandler;
import io.hawser.net.http.HttpLimits;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpServer;
import io.hawser.net.http.Route;
import io.hawser.net.http.Routes;
import io.hawser.net.http.Sites;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The admin listener: {@code /api/v1/<resource>} for whoever shows the token, and what everybody may know. It answers under its own
 * address alone, and to no foreign page.
 *
 * <pre>
 *   GET /api/v1/subscriptions?offset=0&amp;limit=100   -> {"total":7,"offset":0,"items":[{...},...]}
 *   DELETE /api/v1/durables/alarms                 -> {}, or {"error":{"code":404,"reason":"..."}}
 * </pre>
 */
public final class AdminServer {
    private static final String API = "/api/v1";

    private final byte[] token;
    private final Strangers strangers;

    private AdminServer(String token, Strangers strangers) {
        this.strangers = strangers;
        this.token = token.getBytes(UTF_8);
    }

    /**
     * Listens as {@code settings} say; without a token nobody does.
     *
     * @param api what whoever shows the token can ask, below {@code /api/v1}
     * @param open what everybody can ask
     * @param strangers what those hear who do not show the token
     * @throws io.hawser.net.CannotListenException if the port cannot be bound
     */
    public static Optional<Listener> start(
            AdminSettings settings, Loops loops, List<Route> api, List<Route> open, Strangers strangers) {
        return settings.token().map(token -> {
            AdminServer server = new AdminServer(token, strangers);
            InetSocketAddress at = new InetSocketAddress(settings.host(), settings.port());
            boolean loopback = at.getAddress() != null && at.getAddress().isLoopbackAddress();
            Sites sites = loopback
                    ? Sites.loopback()
                    : new Sites(Set.of(settings.host().toLowerCase(Locale.ROOT)), Set.of());
            HttpServer.Options options = HttpServer.Options.of(server.routes(api, open))
                    .with(sites)
                    .with(NetLimits.defaults(), HttpLimits.defaults().withMaxBodyBytes(Answers.LONGEST_BODY));
            return HttpServer.bind(loops, at, settings.tls().map(options::with).orElse(options));
        });
    }

    private Routes routes(List<Route> api, List<Route> open) {
        List<Route> routes = new ArrayList<>(open);
        api.forEach(route -> routes.add(new Route(route.method(), API + route.pattern(), guarded(route.handler()))));
        // Whoever has no token does not learn what there is.
        String all = String.join(
                ", ",
                api.stream().map(Route::pattern).distinct().map(API::concat).toList());
        for (String method : List.of("GET", "POST", "DELETE")) {
            routes.add(new Route(
                    method,
                    "/api/{rest*}",
                    guarded(exchange -> exchange.answer(HttpResponse.error(
                            404,
                            "there is nothing at " + method + " "
                                    + exchange.request().path() + "; there is " + all)))));
        }
        return new Routes(routes);
    }

    private HttpHandler guarded(HttpHandler handler) {
        return exchange -> {
            boolean known = exchange.request()
                    .credentials()
                    .filter(shown -> shown instanceof Credentials.Bearer bearer
                            && MessageDigest.isEqual(bearer.token().getBytes(UTF_8), token))
                    .isPresent();
            if (known) {
                handler.handle(exchange);
            } else {
                boolean shown = exchange.request().header("authorization").isPresent();
                exchange.answer(strangers.answer(exchange.request(), shown));
            }
        };
    }
}

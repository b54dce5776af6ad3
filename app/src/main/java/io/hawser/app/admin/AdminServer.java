package io.hawser.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
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
 * The admin listener: {@code /api/v1/<resource>} for whoever shows the token, {@code /healthz/live} and {@code
 * /healthz/ready} for everybody. It answers under its own address alone, and to no foreign page.
 *
 * <pre>
 *   GET /api/v1/subscriptions?offset=0&amp;limit=100   -> {"total":7,"offset":0,"items":[{...},...]}
 *   DELETE /api/v1/durables/alarms                 -> {}, or {"error":{"code":404,"reason":"..."}}
 *   GET /healthz/ready                             -> 200 {"status":"ok","checks":{"store":"ok"}} or 503
 * </pre>
 */
public final class AdminServer {
    private static final String API = "/api/v1";

    private final byte[] token;
    private final List<Check> checks;

    private AdminServer(String token, List<Check> checks) {
        this.token = token.getBytes(UTF_8);
        this.checks = checks;
    }

    /**
     * Listens as {@code settings} say; without a token nobody does.
     *
     * @param api what whoever shows the token can ask, below {@code /api/v1}
     * @param checks without which the hub must not be used
     * @throws io.hawser.net.CannotListenException if the port cannot be bound
     */
    public static Optional<Listener> start(AdminSettings settings, Loops loops, List<Route> api, List<Check> checks) {
        return settings.token().map(token -> {
            AdminServer server = new AdminServer(token, List.copyOf(checks));
            InetSocketAddress at = new InetSocketAddress(settings.host(), settings.port());
            boolean loopback = at.getAddress() != null && at.getAddress().isLoopbackAddress();
            Sites sites = loopback
                    ? Sites.loopback()
                    : new Sites(Set.of(settings.host().toLowerCase(Locale.ROOT)), Set.of());
            HttpServer.Options options = HttpServer.Options.of(server.routes(api))
                    .with(sites)
                    .with(NetLimits.defaults(), HttpLimits.defaults().withMaxBodyBytes(Answers.LONGEST_BODY));
            return HttpServer.bind(loops, at, settings.tls().map(options::with).orElse(options));
        });
    }

    private Routes routes(List<Route> api) {
        List<Route> routes = new ArrayList<>();
        routes.add(
                Route.get("/healthz/live", exchange -> exchange.answer(HttpResponse.json(200, "{\"status\":\"ok\"}"))));
        routes.add(Route.get("/healthz/ready", exchange -> exchange.answer(ready())));
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
                exchange.answer(HttpResponse.error(401, "show the hub's admin token: Authorization: Bearer <token>")
                        .with("WWW-Authenticate", "Bearer"));
            }
        };
    }

    private HttpResponse ready() {
        Fields.Builder each = Fields.builder();
        boolean sound = true;
        for (Check check : checks) {
            boolean now = check.sound().getAsBoolean();
            sound &= now;
            each.put(check.name(), now ? "ok" : "failed");
        }
        Fields answer = Fields.builder()
                .put("status", sound ? "ok" : "failed")
                .put("checks", new Value.Nested(each.build()))
                .build();
        return HttpResponse.json(sound ? 200 : 503, JsonText.write(answer));
    }
}

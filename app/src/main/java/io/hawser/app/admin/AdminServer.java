package io.hawser.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.http.Credentials;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpHandler;
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
 *   GET /healthz/ready                             -> 200 {"status":"ok","checks":{"store":"ok"}} or 503
 * </pre>
 */
public final class AdminServer {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    private final byte[] token;
    private final List<Check> checks;

    private AdminServer(String token, List<Check> checks) {
        this.token = token.getBytes(UTF_8);
        this.checks = checks;
    }

    /**
     * Listens as {@code settings} say; without a token nobody does.
     *
     * @throws io.hawser.net.CannotListenException if the port cannot be bound
     */
    public static Optional<Listener> start(
            AdminSettings settings, Loops loops, List<Resource> resources, List<Check> checks) {
        return settings.token().map(token -> {
            AdminServer server = new AdminServer(token, List.copyOf(checks));
            InetSocketAddress at = new InetSocketAddress(settings.host(), settings.port());
            boolean loopback = at.getAddress() != null && at.getAddress().isLoopbackAddress();
            Sites sites = loopback
                    ? Sites.loopback()
                    : new Sites(Set.of(settings.host().toLowerCase(Locale.ROOT)), Set.of());
            return HttpServer.bind(
                    loops, at, HttpServer.Options.of(server.routes(resources)).with(sites));
        });
    }

    private Routes routes(List<Resource> resources) {
        List<Route> routes = new ArrayList<>();
        routes.add(
                Route.get("/healthz/live", exchange -> exchange.answer(HttpResponse.json(200, "{\"status\":\"ok\"}"))));
        routes.add(Route.get("/healthz/ready", exchange -> exchange.answer(ready())));
        resources.forEach(resource ->
                routes.add(Route.get("/api/v1/" + resource.name(), guarded(exchange -> list(exchange, resource)))));
        // Whoever has no token does not learn what there is.
        routes.add(Route.get(
                "/api/{rest*}",
                guarded(exchange -> exchange.answer(HttpResponse.error(
                        404,
                        "there is nothing at " + exchange.request().path() + "; there is /api/v1/ followed by "
                                + String.join(
                                        ", ",
                                        resources.stream().map(Resource::name).toList()))))));
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

    private static void list(HttpExchange exchange, Resource resource) {
        int offset;
        int limit;
        try {
            offset = number(exchange, "offset", 0, 0, Integer.MAX_VALUE);
            limit = number(exchange, "limit", PAGE, 1, LARGEST_PAGE);
        } catch (IllegalArgumentException wrong) {
            exchange.answer(HttpResponse.error(400, String.valueOf(wrong.getMessage())));
            return;
        }
        List<Fields> rows = resource.rows().get();
        List<Value> page = rows.stream()
                .skip(offset)
                .limit(limit)
                .<Value>map(Value.Nested::new)
                .toList();
        Fields answer = Fields.builder()
                .put("total", rows.size())
                .put("offset", offset)
                .put("items", new Value.Sequence(page))
                .build();
        exchange.answer(HttpResponse.json(200, JsonText.write(answer)));
    }

    private static int number(HttpExchange exchange, String name, int otherwise, int min, int max) {
        String text = exchange.request().query(name).orElse(String.valueOf(otherwise));
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new IllegalArgumentException(name + " must be a whole number, " + min + " to " + max);
        }
        return Integer.parseInt(text);
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

package io.hawser.app.admin;

import io.hawser.app.admin.entry.Entrance;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.http.HttpLimits;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpServer;
import io.hawser.net.http.Route;
import io.hawser.net.http.Routes;
import io.hawser.net.http.Sites;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The admin listener: {@code /api/v1/<resource>} for whoever gets through the entrance, and what everybody may know. It answers
 * under its own address alone, and to no foreign page.
 *
 * <pre>
 *   GET /api/v1/subscriptions?offset=0&amp;limit=100   -> {"total":7,"offset":0,"items":[{...},...]}
 *   DELETE /api/v1/durables/alarms                 -> {}, or {"error":{"code":404,"reason":"..."}}
 * </pre>
 */
public final class AdminServer {
    private static final String API = "/api/v1";

    private AdminServer() {}

    /**
     * Listens as {@code settings} say; without a token nobody does.
     *
     * @param api what can be asked below {@code /api/v1} by those who may
     * @param open what everybody can ask
     * @param entrance who gets through to {@code api}
     * @throws io.hawser.net.CannotListenException if the port cannot be bound
     */
    public static Optional<Listener> start(
            AdminSettings settings, Loops loops, List<Route> api, List<Route> open, Entrance entrance) {
        return settings.token().map(token -> {
            InetSocketAddress at = new InetSocketAddress(settings.host(), settings.port());
            boolean loopback = at.getAddress() != null && at.getAddress().isLoopbackAddress();
            Sites sites = loopback
                    ? Sites.loopback()
                    : new Sites(Set.of(settings.host().toLowerCase(Locale.ROOT)), Set.of());
            Routes routes = routes(api, open, entrance, settings.tls().isPresent());
            HttpServer.Options options = HttpServer.Options.of(routes)
                    .with(sites)
                    .with(NetLimits.defaults(), HttpLimits.defaults().withMaxBodyBytes(Answers.LONGEST_BODY));
            return HttpServer.bind(loops, at, settings.tls().map(options::with).orElse(options));
        });
    }

    private static Routes routes(List<Route> api, List<Route> open, Entrance entrance, boolean tls) {
        List<Route> routes = new ArrayList<>(open);
        entrance.routes(tls)
                .forEach(route -> routes.add(new Route(route.method(), API + route.pattern(), route.handler())));
        api.forEach(route -> routes.add(new Route(route.method(), API + route.pattern(), entrance.guarded(route))));
        // Whoever is not known does not learn what there is.
        String all = String.join(
                ", ",
                api.stream().map(Route::pattern).distinct().map(API::concat).toList());
        for (String method : List.of("GET", "POST", "DELETE")) {
            routes.add(new Route(
                    method,
                    "/api/{rest*}",
                    entrance.known((exchange, visitor) -> exchange.answer(HttpResponse.error(
                            404,
                            "there is nothing at " + method + " "
                                    + exchange.request().path() + "; there is " + all)))));
        }
        return new Routes(routes);
    }
}

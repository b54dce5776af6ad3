package io.hawser.net.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of routes, asked in order: the first that matches answers. No route matches: 404; one with another method: 405.
 *
 * @param all the routes
 */
public record Routes(List<Route> all) {
    /** A table with a copy of the routes. */
    public Routes {
        all = List.copyOf(all);
    }

    /** A table of {@code routes}. */
    public static Routes of(Route... routes) {
        return new Routes(List.of(routes));
    }

    /** This table, then another. */
    public Routes and(Routes more) {
        List<Route> both = new ArrayList<>(all);
        both.addAll(more.all);
        return new Routes(both);
    }

    /** Who answers {@code request}. */
    Found find(HttpRequest request) {
        List<String> methods = new ArrayList<>();
        for (Route route : all) {
            Optional<Map<String, String>> found = route.match(request.segments());
            if (found.isPresent() && route.answers(request.method())) {
                return new Found(request.with(found.get()), route.handler());
            }
            found.ifPresent(other -> methods.add(route.method()));
        }
        HttpResponse no = methods.isEmpty()
                ? HttpResponse.error(404, "there is nothing at " + request.path())
                : HttpResponse.error(405, request.method() + " is not understood at " + request.path())
                        .with(
                                "Allow",
                                String.join(", ", methods.stream().distinct().toList()));
        return new Found(request, exchange -> exchange.answer(no));
    }

    /**
     * A request with what the route took out of its path, and who answers it.
     *
     * @param request for the handler
     * @param handler who answers
     */
    record Found(HttpRequest request, HttpHandler handler) {}
}

package io.hawser.app.admin.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.metrics.Metrics;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /metrics}, in the text format of Prometheus or OpenMetrics, whichever is asked for by {@code Accept}.
 *
 * <pre>
 *   GET /metrics                                     -> no names in it, of anybody or anything
 *   GET /api/v1/metrics/durables?name=alarms         -> each durable by its name, or one
 * </pre>
 */
public final class MetricsApi {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsApi.class);

    private final Executor thread;
    private final Metrics metrics;

    /** About {@code metrics}; everything is worked out on {@code thread}. */
    public MetricsApi(Executor thread, Metrics metrics) {
        this.thread = thread;
        this.metrics = metrics;
    }

    /** What holds no names. */
    public Route all() {
        return Route.get("/metrics", exchange -> answer(exchange, accept -> metrics.page(accept, thread)));
    }

    /** What does. */
    public Route durables() {
        return Route.get("/metrics/durables", exchange -> {
            Optional<String> name = exchange.request().query("name");
            answer(exchange, accept -> metrics.durables(accept, name, thread));
        });
    }

    private void answer(HttpExchange exchange, Function<Optional<String>, CompletableFuture<Metrics.Page>> question) {
        Optional<String> accept = exchange.request().header("accept");
        thread.execute(() -> CompletableFuture.completedFuture(accept)
                .thenCompose(question)
                .handleAsync(MetricsApi::response, thread)
                .thenAcceptAsync(exchange::answer, exchange.loop()));
    }

    private static HttpResponse response(Metrics.Page page, Throwable failure) {
        if (failure != null) {
            LOG.warn("metrics not gathered: {}", failure.toString());
            return HttpResponse.of(
                    503, "text/plain; charset=utf-8", "the metrics cannot be gathered now\n".getBytes(UTF_8));
        }
        return HttpResponse.of(200, page.contentType(), page.text().getBytes(UTF_8));
    }
}

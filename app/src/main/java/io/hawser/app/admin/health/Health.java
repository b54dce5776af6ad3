package io.hawser.app.admin.health;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells everybody whether the hub lives and can be used; needs no token.
 *
 * <pre>
 *   GET /healthz/live  /livez    -> 200 {"status":"ok","checks":{"loops":"ok"}}
 *   GET /healthz/ready /readyz   -> 503 {"status":"failed","checks":{"store":"ok","disk":"failed"}}
 * </pre>
 *
 * <p>Whoever does not live is better started again: an event loop of it does not answer for a second. What a new start does not
 * help, such as a full disk, is no part of that; it makes the hub not ready.
 */
public final class Health {
    /** So long each event loop may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final List<Loop> loops;
    private final List<Check> checks;

    /**
     * Of a hub that runs on {@code loops}.
     *
     * @param checks without which it must not be used
     */
    public Health(List<Loop> loops, List<Check> checks) {
        this.loops = List.copyOf(loops);
        this.checks = List.copyOf(checks);
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                Route.get("/healthz/live", this::live),
                Route.get("/livez", this::live),
                Route.get("/healthz/ready", this::ready),
                Route.get("/readyz", this::ready));
    }

    private void live(HttpExchange exchange) {
        Pulse pulse = new Pulse(exchange, loops.size());
        loops.forEach(loop -> loop.execute(() -> exchange.loop().execute(pulse::answered)));
    }

    private void ready(HttpExchange exchange) {
        Map<String, Boolean> sound = new LinkedHashMap<>();
        checks.forEach(check -> sound.put(check.name(), check.sound().getAsBoolean()));
        exchange.answer(answer(sound));
    }

    private static HttpResponse answer(Map<String, Boolean> checks) {
        boolean sound = !checks.containsValue(false);
        Fields.Builder each = Fields.builder();
        checks.forEach((name, well) -> each.put(name, well ? "ok" : "failed"));
        Fields answer = Fields.builder()
                .put("status", sound ? "ok" : "failed")
                .put("checks", new Value.Nested(each.build()))
                .build();
        return HttpResponse.json(sound ? 200 : 503, JsonText.write(answer));
    }

    /** Waits for all loops. Belongs to the exchange's. */
    private static final class Pulse {
        private final HttpExchange exchange;
        private final Loop.Timer end;
        private int silent;
        private boolean told;

        Pulse(HttpExchange exchange, int loops) {
            this.exchange = exchange;
            this.silent = loops;
            this.end = exchange.loop().schedule(PATIENCE, this::tell);
        }

        void answered() {
            if (--silent == 0) {
                end.cancel();
                tell();
            }
        }

        private void tell() {
            if (told) {
                return;
            }
            told = true;
            exchange.answer(answer(Map.of("loops", silent == 0)));
        }
    }
}

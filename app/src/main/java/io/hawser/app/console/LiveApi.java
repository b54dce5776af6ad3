package io.hawser.app.console;

import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.app.admin.entry.Visitor;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interest;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What is said on the open bus, as pages look at it: {@code GET /live?topic=&re=&match=&protocol=&from=}, lines of JSON ({@link LiveView}). */
public final class LiveApi {
    /** So many pages look on at once. */
    static final int MOST = 32;

    private final Bus bus;
    private final AtomicInteger viewers = new AtomicInteger();

    /** On {@code bus}. */
    public LiveApi(Bus bus) {
        this.bus = bus;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(Route.get("/live", this::look));
    }

    private void look(HttpExchange exchange) {
        Visitor visitor = Visitor.of(exchange);
        Optional<Interest> interest;
        try {
            Interest wish = LiveWish.of(Question.of(exchange));
            // whoever shows the admin token is bound by no rule
            interest = visitor.master() ? Optional.of(wish) : wish.heardBy(visitor.principal(), bus.access());
        } catch (Rejection wrong) {
            exchange.answer(HttpResponse.error(wrong.status(), String.valueOf(wrong.getMessage())));
            return;
        }
        if (interest.isEmpty()) {
            exchange.answer(HttpResponse.error(
                    403, visitor.name() + " may hear nothing of this: hawser.rules must let it subscribe"));
        } else if (viewers.incrementAndGet() > MOST) {
            viewers.decrementAndGet();
            exchange.answer(HttpResponse.error(503, MOST + " pages look on already; close one"));
        } else {
            LiveView unused = new LiveView(
                    bus,
                    exchange,
                    visitor,
                    interest.get(),
                    LiveWish.from(Question.of(exchange)),
                    viewers::decrementAndGet);
        }
    }
}

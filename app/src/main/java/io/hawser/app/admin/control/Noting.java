package io.hawser.app.admin.control;

import io.hawser.core.audit.Audit;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has it written down, once each, when somebody changes something over the admin listener, or reads what is not for everybody:
 * nobody is answered before that is on stable storage. Callable from any thread.
 */
public final class Noting {
    /** Who shows the admin token. */
    private static final String OPERATOR = "admin/token";

    /** What tells everything that a hub keeps, or what devices and people keep there, or who did what. */
    private static final Set<String> READINGS = Set.of("/backup", "/files/{owner}/{name*}", "/audit");

    /** Pieces of what was begun, which is noted. */
    private static final Set<String> PIECES = Set.of("/uploads/{upload}");

    private static final Logger LOG = LoggerFactory.getLogger(Noting.class);

    private final Audit audit;

    /** Writes to {@code audit}. */
    public Noting(Audit audit) {
        this.audit = audit;
    }

    /** {@code route}, noted if it must be. */
    public Route of(Route route) {
        boolean reading = route.method().equals("GET");
        boolean noted = reading
                ? READINGS.contains(route.pattern())
                : !(route.method().equals("POST") && PIECES.contains(route.pattern()));
        return noted
                ? new Route(route.method(), route.pattern(), exchange -> route.handler()
                        .handle(new NotedExchange(exchange, this::answer, this::begin)))
                : route;
    }

    /** Somebody without the token wanted something. */
    public void refused(HttpRequest request, String why) {
        note(request, "refused", why, () -> {}, failure -> {});
    }

    private void answer(HttpExchange exchange, HttpResponse response, Consumer<HttpResponse> answering) {
        boolean done = response.status() < 400;
        note(
                exchange.request(),
                done ? "done" : "failed",
                done ? "" : "answered " + response.status(),
                () -> exchange.loop().execute(() -> answering.accept(response)),
                failure -> exchange.loop()
                        .execute(() -> answering.accept(HttpResponse.error(
                                500,
                                (done ? "it was done, but " : "") + "nobody could see later who did it: " + failure))));
    }

    /** An answer that comes in pieces has been worked out: that it is given is noted as it begins. */
    private void begin(HttpExchange exchange) {
        note(exchange.request(), "done", "", () -> {}, failure -> {});
    }

    private void note(HttpRequest request, String outcome, String detail, Runnable written, Consumer<String> not) {
        Audit.Deed deed = new Audit.Deed(
                outcome.equals("refused") ? "" : OPERATOR,
                request.remote().getHostString(),
                "admin." + request.method(),
                request.path());
        audit.append(deed, outcome, detail).whenComplete((id, failure) -> {
            if (failure == null) {
                written.run();
            } else {
                LOG.error("audit: {} {} is not written: {}", deed.action(), deed.target(), failure.getMessage());
                not.accept(String.valueOf(failure.getMessage()));
            }
        });
    }
}

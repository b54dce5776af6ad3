package io.hawser.app.admin.control;

import io.hawser.app.admin.entry.Notes;
import io.hawser.app.admin.entry.Visitor;
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
public final class Noting implements Notes {
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

    @Override
    public HttpExchange of(Route route, HttpExchange exchange, Visitor visitor) {
        boolean reading = route.method().equals("GET");
        boolean noted = reading
                ? READINGS.contains(route.pattern())
                : !(route.method().equals("POST") && PIECES.contains(route.pattern()));
        return noted
                ? new NotedExchange(
                        exchange,
                        (asked, response, give) -> answer(visitor.name(), asked, response, give),
                        begun -> note(visitor.name(), begun.request(), "done", "", () -> {}, failure -> {}))
                : exchange;
    }

    @Override
    public void refused(HttpRequest request, String who, String why) {
        note(who, request, "refused", why, () -> {}, failure -> {});
    }

    @Override
    public void entered(HttpRequest request, Visitor visitor) {
        note(visitor.name(), request, "done", "", () -> {}, failure -> {});
    }

    private void answer(String who, HttpExchange exchange, HttpResponse response, Consumer<HttpResponse> answering) {
        boolean done = response.status() < 400;
        note(
                who,
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
    private void note(
            String who, HttpRequest request, String outcome, String detail, Runnable written, Consumer<String> not) {
        Audit.Deed deed =
                new Audit.Deed(who, request.remote().getHostString(), "admin." + request.method(), request.path());
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

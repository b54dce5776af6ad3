package io.hawser.app.admin.entry;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Principal;
import io.hawser.net.http.HttpExchange;
import java.util.function.BooleanSupplier;

/**
 * Somebody who was let in at the admin listener.
 *
 * @param principal who it is, for rules and for the audit
 * @param master true for whoever shows the admin token: rules bind it only where they speak of {@code admin/token}
 * @param welcome whether it would be let in still; callable from any thread, and quick
 */
public record Visitor(Principal principal, boolean master, BooleanSupplier welcome) {
    /** Whoever shows the admin token. */
    public static final Visitor TOKEN = new Visitor(new Principal("admin/token"), true, () -> true);

    /**
     * Who makes the request of {@code exchange}.
     *
     * @throws IllegalStateException if nobody was let in with it
     */
    public static Visitor of(HttpExchange exchange) {
        if (exchange instanceof Visit visit) {
            return visit.visitor();
        }
        throw new IllegalStateException(
                "nobody was let in with " + exchange.request().path());
    }

    /** Its name. */
    public String name() {
        return principal.name();
    }

    /** Whether {@code access} lets it do {@code action} on {@code topic}. */
    public boolean may(Access access, Action action, String topic) {
        return master || access.allows(principal, action, topic);
    }
}

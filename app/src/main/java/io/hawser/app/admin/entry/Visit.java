package io.hawser.app.admin.entry;

import io.hawser.net.http.HttpExchange;

/** An exchange with somebody who was let in. Owner: its loop. */
final class Visit extends PassedExchange {
    private final Visitor visitor;

    /** {@code exchange}, which is with {@code visitor}. */
    Visit(HttpExchange exchange, Visitor visitor) {
        super(exchange);
        this.visitor = visitor;
    }

    Visitor visitor() {
        return visitor;
    }
}

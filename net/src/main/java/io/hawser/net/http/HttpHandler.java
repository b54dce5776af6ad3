package io.hawser.net.http;

/** Answers requests. Called on the connection's loop as soon as a request's head is there; must not block. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers {@code exchange} now or later. What it throws is logged; the client reads 500.
     */
    void handle(HttpExchange exchange);
}

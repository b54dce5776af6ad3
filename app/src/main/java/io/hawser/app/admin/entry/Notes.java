package io.hawser.app.admin.entry;

import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.Route;

/** Writes down who did what at the admin listener, and who was not let do it. Callable from any thread. */
public interface Notes {
    /** {@code exchange}, in which {@code visitor} uses {@code route}: what it does is written down if it must be. */
    HttpExchange of(Route route, HttpExchange exchange, Visitor visitor);

    /** Somebody called {@code who}, empty if nobody knows, was not let do what {@code request} wants. */
    void refused(HttpRequest request, String who, String why);

    /** {@code visitor} has logged in. */
    void entered(HttpRequest request, Visitor visitor);
}

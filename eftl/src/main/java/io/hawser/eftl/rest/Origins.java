package io.hawser.eftl.rest;

import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;

/**
 * What a browser is told about pages of other sites. The server refuses an {@code Origin} that it does not allow before anybody
 * here hears of it, so that whoever says one may call.
 */
final class Origins {
    private Origins() {}

    /** {@code response}, readable to the page that sent {@code request}. */
    static HttpResponse named(HttpRequest request, HttpResponse response) {
        return request.header("origin")
                .map(origin ->
                        response.with("Access-Control-Allow-Origin", origin).with("Vary", "Origin"))
                .orElse(response);
    }

    /** What a browser asks before a page may send {@code request}: yes. */
    static HttpResponse preflight(HttpRequest request) {
        return named(request, HttpResponse.of(204))
                .with("Access-Control-Allow-Methods", "GET, POST, DELETE")
                .with("Access-Control-Allow-Headers", "Authorization, Content-Type")
                .with("Access-Control-Max-Age", "600");
    }
}

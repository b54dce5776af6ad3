package io.hawser.app.admin.entry;

import io.hawser.net.http.HttpRequest;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cookie by which a browser shows its session: no script can read it, and no page of another site makes a browser send it.
 * Browsers do not tell ports apart, so its name has the port: two hubs on one machine do not log each other out.
 */
final class SessionCookie {
    private SessionCookie() {}

    /** The key that {@code request} shows. */
    static Optional<String> of(HttpRequest request) {
        String start = name(request) + "=";
        return Stream.of(request.header("cookie").orElse("").split(";", -1))
                .map(String::strip)
                .filter(pair -> pair.startsWith(start))
                .map(pair -> pair.substring(start.length()))
                .filter(key -> !key.isEmpty())
                .findFirst();
    }

    /** What {@code Set-Cookie} says to keep {@code key} for whoever sent {@code request}; an empty one ends it. */
    static String keep(HttpRequest request, String key, boolean tls) {
        long seconds = key.isEmpty() ? 0 : Sessions.LONGEST.toSeconds();
        return name(request) + "=" + key + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + seconds
                + (tls ? "; Secure" : "");
    }

    private static String name(HttpRequest request) {
        String port = request.header("host").orElse("").replaceFirst("^.*:", "");
        return "hawser-" + (port.matches("\\d{1,5}") ? port : "web");
    }
}

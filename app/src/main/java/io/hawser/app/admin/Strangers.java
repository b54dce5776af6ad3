package io.hawser.app.admin;

import io.hawser.app.access.Throttle;
import io.hawser.core.access.FailedLogins;
import io.hawser.core.count.Counters;
import io.hawser.core.count.Limit;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/**
 * What those hear who show a wrong admin token or none: after 15 in a minute their address waits, and is told so. Whoever shows
 * the right one is not asked how often it was wrong. Of each address, one a minute is noted. Callable from any thread.
 */
public final class Strangers {
    private final InstantSource clock;
    private final BiConsumer<HttpRequest, String> noting;
    private final Limit guesses;
    private final FailedLogins failed = new FailedLogins();
    private final Throttle noted = new Throttle();

    /** Nobody yet; {@code noting} is told of some of them, and why, and {@code counters} of those that guess too often. */
    public Strangers(InstantSource clock, BiConsumer<HttpRequest, String> noting, Counters counters) {
        this.clock = clock;
        this.noting = noting;
        this.guesses = counters.limit("admin.failed-logins");
    }

    /** What is answered to {@code request}; {@code shown} if it came with a token, which was wrong. */
    HttpResponse answer(HttpRequest request, boolean shown) {
        String from = request.remote().getHostString();
        boolean first;
        boolean banned;
        synchronized (failed) {
            long now = clock.millis();
            banned = shown && failed.isBanned(from, now);
            if (shown && !banned) {
                failed.add(from, now);
            }
            first = noted.lets(from, now);
        }
        if (banned) {
            guesses.reached();
        }
        if (first) {
            noting.accept(request, shown ? "a wrong token" : "no token");
        }
        return banned
                ? HttpResponse.error(429, "too many wrong tokens from " + from + "; try again in some minutes")
                        .with("Retry-After", "300")
                : HttpResponse.error(401, "show the hub's admin token: Authorization: Bearer <token>")
                        .with("WWW-Authenticate", "Bearer");
    }
}

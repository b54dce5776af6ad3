package io.hawser.app.admin.entry;

import io.hawser.app.access.Throttle;
import io.hawser.core.access.FailedLogins;
import io.hawser.core.count.Limit;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/**
 * What those hear who show a wrong admin token or password, or nothing: after 15 in a minute their address waits, and is told so.
 * Whoever shows the right token is not asked how often it was wrong. Of each address, one a minute is noted. Callable from any thread.
 */
final class Strangers {
    private static final int UNAUTHORIZED = 401;

    private final InstantSource clock;
    private final BiConsumer<HttpRequest, String> noting;
    private final Limit guesses;
    private final FailedLogins failed = new FailedLogins();
    private final Throttle noted = new Throttle();

    /** Nobody yet; {@code noting} is told of some of them, and why; {@code guesses} counts those who have to wait. */
    Strangers(InstantSource clock, BiConsumer<HttpRequest, String> noting, Limit guesses) {
        this.clock = clock;
        this.noting = noting;
        this.guesses = guesses;
    }

    /** What is answered to {@code request}; {@code shown} if it came with a token, which was wrong. */
    HttpResponse answer(HttpRequest request, boolean shown) {
        boolean first;
        boolean banned;
        synchronized (failed) {
            banned = shown && !counts(request);
            first = noted.lets(from(request), clock.millis());
        }
        if (first) {
            noting.accept(request, shown ? "a wrong token" : "no token");
        }
        return banned
                ? banned(request)
                : HttpResponse.error(UNAUTHORIZED, "show the hub's admin token: Authorization: Bearer <token>")
                        .with("WWW-Authenticate", "Bearer");
    }

    /** What is answered to whoever logs in with {@code request} and was refused because of {@code why}, which is noted elsewhere. */
    HttpResponse wrong(HttpRequest request, String why) {
        synchronized (failed) {
            return counts(request) ? HttpResponse.error(UNAUTHORIZED, why) : banned(request);
        }
    }

    /** True if whoever logs in with {@code request} has to wait. */
    boolean waits(HttpRequest request) {
        synchronized (failed) {
            return failed.isBanned(from(request), clock.millis());
        }
    }

    /** What is answered then. */
    HttpResponse banned(HttpRequest request) {
        guesses.reached();
        return HttpResponse.error(429, "too many wrong tokens from " + from(request) + "; try again in some minutes")
                .with("Retry-After", "300");
    }

    /** False if it has to wait, and does not count any more. */
    private boolean counts(HttpRequest request) {
        String from = from(request);
        long now = clock.millis();
        if (failed.isBanned(from, now)) {
            return false;
        }
        failed.add(from, now);
        return true;
    }

    private static String from(HttpRequest request) {
        return request.remote().getHostString();
    }
}

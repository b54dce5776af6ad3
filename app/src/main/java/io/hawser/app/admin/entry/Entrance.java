package io.hawser.app.admin.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.access.Throttle;
import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.count.Counters;
import io.hawser.net.http.Credentials;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpHandler;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Who gets through to the routes of the admin listener: whoever shows the admin token in {@code Authorization}, and browsers with the
 * cookie of a session, if rules allow what the route needs ({@link Needs}). A session counts for nothing when another site's page uses
 * it, and what changes something must say the session's token besides. Callable from any thread.
 */
public final class Entrance {
    private static final String CSRF = "x-csrf-token";
    private static final int FORBIDDEN = 403;

    private final byte[] token;
    private final Access access;
    private final Notes notes;
    private final InstantSource clock;
    private final Strangers strangers;
    private final Sessions sessions;
    private final Throttle refusals = new Throttle();
    private final Logins logins;

    /**
     * Of one listener.
     *
     * @param token the admin token
     * @param access what rules allow now
     * @param users knows users and their passwords; who is let in without proof is not let in here
     * @param random makes the keys of sessions
     * @param counters of those who guess
     */
    public Entrance(
            String token,
            Access access,
            Authenticator users,
            InstantSource clock,
            SecureRandom random,
            Notes notes,
            Counters counters) {
        this.token = token.getBytes(UTF_8);
        this.access = access;
        this.notes = notes;
        this.clock = clock;
        this.strangers = new Strangers(
                clock, (request, why) -> notes.refused(request, "", why), counters.limit("admin.failed-logins"));
        this.sessions = new Sessions(random, clock);
        this.logins = new Logins(users, access, sessions, strangers, notes);
    }

    /** Logging in and out: {@code /session}. */
    public List<Route> routes(boolean tls) {
        return List.of(
                Route.post("/session", exchange -> {
                    if (exchange.request().header("authorization").isEmpty()) {
                        logins.byPassword(exchange, tls);
                    } else if (isMaster(exchange.request())) {
                        logins.open(exchange, Visitor.TOKEN, tls);
                    } else {
                        exchange.answer(strangers.answer(exchange.request(), true));
                    }
                }),
                Route.get("/session", known((exchange, visitor) -> logins.tell(exchange, visitor))),
                new Route("DELETE", "/session", known((exchange, visitor) -> logins.close(exchange, tls))));
    }

    /**
     * What answers {@code route}, for those who may use it.
     *
     * @throws IllegalStateException if nobody says what it needs
     */
    public HttpHandler guarded(Route route) {
        Need need = Needs.of(route);
        return known((exchange, visitor) -> {
            Optional<String> objection = need.objection(visitor, access, exchange.request());
            if (objection.isPresent()) {
                refuse(exchange, visitor, route.method() + route.pattern(), objection.get());
            } else {
                route.handler().handle(new Visit(notes.of(route, exchange, visitor), visitor));
            }
        });
    }

    /** Hands everybody who is known to {@code then}. */
    public HttpHandler known(BiConsumer<HttpExchange, Visitor> then) {
        return exchange -> {
            HttpRequest request = exchange.request();
            if (request.header("authorization").isPresent()) {
                if (isMaster(request)) {
                    then.accept(exchange, Visitor.TOKEN);
                } else {
                    exchange.answer(strangers.answer(request, true));
                }
                return;
            }
            Optional<String> key = SessionCookie.of(request);
            Optional<Session> session = key.flatMap(sessions::use);
            if (key.isEmpty() || session.isEmpty()) {
                exchange.answer(strangers.answer(request, false));
                return;
            }
            Visitor visitor = visitor(session.get(), key.get());
            Optional<String> objection = objection(request, session.get());
            if (objection.isPresent()) {
                refuse(exchange, visitor, CSRF, objection.get());
            } else {
                then.accept(exchange, visitor);
            }
        };
    }

    private Visitor visitor(Session session, String key) {
        Visitor opened = session.visitor();
        return new Visitor(opened.principal(), opened.master(), () -> sessions.lasts(key));
    }

    private boolean isMaster(HttpRequest request) {
        return request.credentials()
                .filter(shown -> shown instanceof Credentials.Bearer bearer
                        && MessageDigest.isEqual(bearer.token().getBytes(UTF_8), token))
                .isPresent();
    }

    /** What speaks against this being said by the console's own pages. */
    private static Optional<String> objection(HttpRequest request, Session session) {
        if (request.ofForeignPage()) {
            return Optional.of("pages of other sites may not ask in the name of whoever is logged in");
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        byte[] said = request.header(CSRF).orElse("").getBytes(UTF_8);
        return reads || MessageDigest.isEqual(said, session.csrf().getBytes(UTF_8))
                ? Optional.empty()
                : Optional.of("say the session's csrf, as GET /api/v1/session tells it, in the header X-CSRF-Token");
    }

    /** Of the same refusals of one visitor one a minute is written down. */
    private void refuse(HttpExchange exchange, Visitor visitor, String what, String why) {
        boolean first;
        synchronized (refusals) {
            first = refusals.lets(visitor.name() + " " + what, clock.millis());
        }
        if (first) {
            notes.refused(exchange.request(), visitor.name(), why);
        }
        exchange.answer(HttpResponse.error(FORBIDDEN, why));
    }
}

package io.hawser.app.admin.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.text.JsonText;
import io.hawser.core.access.Access;
import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Logs browsers in and out.
 *
 * <pre>
 *   POST   /session {"user":"alice","password":"..."}, or with the admin token in Authorization
 *          -> {"user":"alice","roles":["viewer","operator"],"csrf":"..."} and the cookie
 *   GET    /session      the same
 *   DELETE /session      ends it
 * </pre>
 */
final class Logins {
    private static final int LONGEST_BODY = 4096;

    private final Authenticator users;
    private final Access access;
    private final Sessions sessions;
    private final Strangers strangers;
    private final Notes notes;

    Logins(Authenticator users, Access access, Sessions sessions, Strangers strangers, Notes notes) {
        this.users = users;
        this.access = access;
        this.sessions = sessions;
        this.strangers = strangers;
        this.notes = notes;
    }

    /** Lets in who says a user and its password in the body; called on the exchange's loop. */
    void byPassword(HttpExchange exchange, boolean tls) {
        HttpRequest request = exchange.request();
        if (request.ofForeignPage()) {
            exchange.answer(HttpResponse.error(403, "log in on the hub's own page"));
        } else if (strangers.waits(request)) {
            exchange.answer(strangers.banned(request));
        } else {
            exchange.wholeBody(LONGEST_BODY, body -> check(exchange, body, tls));
        }
    }

    private void check(HttpExchange exchange, byte[] body, boolean tls) {
        Fields said;
        try {
            said = JsonText.read(new String(body, UTF_8));
        } catch (IllegalArgumentException wrong) {
            exchange.answer(HttpResponse.error(400, String.valueOf(wrong.getMessage())));
            return;
        }
        Credentials credentials = new Credentials(
                said.string("user").orElse(""),
                said.string("password").orElse(""),
                exchange.request().remote().getHostString());
        users.authenticate(credentials)
                .whenCompleteAsync(
                        (admission, failure) -> {
                            if (failure == null) {
                                admit(exchange, admission, tls);
                            } else {
                                exchange.answer(refusal(exchange.request(), failure));
                            }
                        },
                        exchange.loop());
    }

    private void admit(HttpExchange exchange, Admission admission, boolean tls) {
        Visitor visitor = new Visitor(
                admission.principal(), false, () -> admission.validity().get() == Admission.Validity.GOOD);
        String name = visitor.name();
        if (!admission.proven()) {
            refuse(exchange, name, "this hub has no users who could log in: show its admin token");
        } else if (Role.of(visitor, access).isEmpty()) {
            refuse(
                    exchange,
                    name,
                    name + " may do nothing here: hawser.rules must let " + name
                            + " admin.read, admin.operate or admin.write on admin/>");
        } else {
            open(exchange, visitor, tls);
        }
    }

    private void refuse(HttpExchange exchange, String name, String why) {
        notes.refused(exchange.request(), name, why);
        exchange.answer(HttpResponse.error(403, why));
    }

    private HttpResponse refusal(HttpRequest request, Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return why instanceof AccessException
                ? strangers.wrong(request, String.valueOf(why.getMessage()))
                : HttpResponse.error(503, String.valueOf(why.getMessage())).with("Retry-After", "5");
    }

    /** Begins a session of {@code visitor}. */
    void open(HttpExchange exchange, Visitor visitor, boolean tls) {
        Sessions.Opened opened = sessions.open(visitor);
        notes.entered(exchange.request(), visitor);
        exchange.answer(HttpResponse.json(200, row(visitor, opened.session().csrf()))
                .with("Set-Cookie", SessionCookie.keep(exchange.request(), opened.key(), tls))
                .with("Cache-Control", "no-store"));
    }

    /** Tells {@code visitor} who it is. */
    void tell(HttpExchange exchange, Visitor visitor) {
        String csrf = SessionCookie.of(exchange.request())
                .flatMap(sessions::use)
                .map(Session::csrf)
                .orElse("");
        exchange.answer(HttpResponse.json(200, row(visitor, csrf)).with("Cache-Control", "no-store"));
    }

    /** Ends the session that is shown. */
    void close(HttpExchange exchange, boolean tls) {
        SessionCookie.of(exchange.request()).ifPresent(sessions::close);
        exchange.answer(
                HttpResponse.json(200, "{}").with("Set-Cookie", SessionCookie.keep(exchange.request(), "", tls)));
    }

    private String row(Visitor visitor, String csrf) {
        List<Value> roles = Role.of(visitor, access).stream()
                .<Value>map(role -> Value.of(role.label()))
                .toList();
        return JsonText.write(Fields.builder()
                .put("user", visitor.name())
                .put("roles", new Value.Sequence(roles))
                .put("csrf", csrf)
                .build());
    }
}

package io.hawser.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.admin.entry.Visitor;
import io.hawser.app.text.JsonText;
import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.value.Fields;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpRequest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What somebody asks of the hub. Immutable.
 *
 * @param visitor who asks
 * @param request where, and its parameters
 * @param text what the request says beside them
 */
public record Question(Visitor visitor, HttpRequest request, String text) {
    private static final int DIGITS = 18;

    Question(HttpExchange exchange, byte[] body) {
        this(Visitor.of(exchange), exchange.request(), new String(body, UTF_8));
    }

    /** What {@code exchange} asks beside its body; called on its loop. */
    public static Question of(HttpExchange exchange) {
        return new Question(exchange, new byte[0]);
    }

    /** The address that somebody asks from. */
    public String where() {
        return request.remote().getAddress().getHostAddress();
    }

    /** Refuses the question unless {@code access} lets its visitor do {@code action} on {@code topic}. */
    void demand(Access access, Action action, String topic) {
        if (!visitor.may(access, action, topic)) {
            throw Rejection.denied(visitor.name() + " may not do this: hawser.rules must let " + visitor.name() + " "
                    + action.label() + " on " + topic);
        }
    }

    /** What stands in the path where the route says {@code {name}}. */
    public String part(String name) {
        return request.parameter(name);
    }

    /** What the query says of {@code name}. */
    public Optional<String> query(String name) {
        return request.query(name);
    }

    /** True if the query says so: {@code name} alone, or {@code name=true}. */
    public boolean yes(String name) {
        return request.query(name).filter(said -> !said.equals("false")).isPresent();
    }

    /** A whole number of the query. */
    public int number(String name, int otherwise, int min, int max) {
        long number = number(name).orElse(otherwise);
        if (number < min || number > max) {
            throw Rejection.wrong(name + " must be a whole number, " + min + " to " + max);
        }
        return (int) number;
    }

    /** A whole number of the query, 0 or more. */
    public OptionalLong number(String name) {
        Optional<String> said = request.query(name);
        if (said.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!said.get().matches("\\d{1," + DIGITS + "}")) {
            throw Rejection.wrong(name + " must be a whole number");
        }
        return OptionalLong.of(Long.parseLong(said.get()));
    }

    /** What the body says, a JSON object. */
    public Fields body() {
        try {
            return JsonText.read(text);
        } catch (IllegalArgumentException wrong) {
            throw Rejection.wrong(String.valueOf(wrong.getMessage()));
        }
    }
}

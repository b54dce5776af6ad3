package io.hawser.eftl.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.access.Admission;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import io.hawser.core.event.EventCode;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.wire.EftlLimits;
import io.hawser.net.http.Credentials.Basic;
import io.hawser.net.http.Credentials.Bearer;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpHandler;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who calls, before anything of a body is read. Callable from any loop. */
final class RestDoor {
    /** Who a caller is that names no client. */
    static final String CLIENT = "rest";

    private static final Logger LOG = LoggerFactory.getLogger(RestDoor.class);

    private final Authenticator authenticator;

    RestDoor(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Hands each request to {@code handler} as a call of somebody known, or refuses it. */
    HttpHandler to(EftlMapping mapping, Asked asked, Consumer<RestCall> handler) {
        return exchange -> {
            HttpRequest request = exchange.request();
            RefusedException objection = objection(request, asked);
            if (objection != null) {
                refuse(exchange, RestErrors.answer(asked, objection));
                return;
            }
            CompletableFuture<Admission> known = authenticator.authenticate(credentials(request));
            if (known.isDone() && !known.isCompletedExceptionally()) {
                enter(exchange, mapping, asked, known.join(), handler);
            } else {
                known.whenCompleteAsync(
                        (who, failure) -> {
                            if (failure == null) {
                                enter(exchange, mapping, asked, who, handler);
                            } else {
                                LOG.warn(
                                        "rest[{}] refused: {}",
                                        request.remote(),
                                        failure.getMessage(),
                                        EventCode.LOGIN_REFUSED);
                                refuse(exchange, RestErrors.unknown(asked, failure));
                            }
                        },
                        exchange.loop());
            }
        };
    }

    private static @Nullable RefusedException objection(HttpRequest request, Asked asked) {
        if (request.ofForeignPage()) {
            return new RefusedException(
                    403, asked.disallowed(), "pages of other sites may not call this without an Origin");
        }
        String client = request.query("client_id").orElse(CLIENT);
        int most = EftlLimits.DEFAULT.maxIdBytes();
        return client.isEmpty() || client.getBytes(UTF_8).length > most
                ? new RefusedException(400, asked.invalid(), "a client_id has 1 to " + most + " bytes")
                : null;
    }

    private static Credentials credentials(HttpRequest request) {
        String from = request.remote().getHostString();
        return request.credentials()
                .map(said -> said instanceof Basic basic
                        ? new Credentials(basic.user(), basic.password(), from, request.certificate())
                        : new Credentials(
                                "", said instanceof Bearer bearer ? bearer.token() : "", from, request.certificate()))
                .orElseGet(() -> new Credentials("", "", from, request.certificate()));
    }

    private void enter(
            HttpExchange exchange, EftlMapping mapping, Asked asked, Admission who, Consumer<RestCall> handler) {
        String id = exchange.request().query("client_id").orElse(CLIENT);
        EftlClient caller = new EftlClient(
                mapping.channel().name(), id, who.principal(), who.proven(), 1, true, true, true, 0, Optional.empty());
        RestCall call = new RestCall(exchange, asked, mapping, caller);
        try {
            handler.accept(call);
        } catch (RuntimeException failure) {
            call.fail(failure);
        }
    }

    private static void refuse(HttpExchange exchange, HttpResponse answer) {
        if (exchange.waits()) {
            exchange.answer(Origins.named(exchange.request(), answer));
        }
    }
}

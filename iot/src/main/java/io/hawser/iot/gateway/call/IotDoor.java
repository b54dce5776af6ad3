package io.hawser.iot.gateway.call;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Credentials;
import io.hawser.core.event.EventCode;
import io.hawser.core.route.Bus;
import io.hawser.net.http.Credentials.Basic;
import io.hawser.net.http.Credentials.Bearer;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpHandler;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who calls, by the token or as a user with its password, before anything of a body is read ({@code specs/iot.md} 1.1, 1.2,
 * 1.9): a wrong one is answered with 401, that of a device which may only activate itself with 403 elsewhere. Made on any thread; what
 * is behind it runs on the gateway's loop.
 */
public final class IotDoor {
    private static final Logger LOG = LoggerFactory.getLogger(IotDoor.class);
    private static final String BASIC = "Basic realm=\"hawser\", charset=\"UTF-8\"";
    private static final HttpResponse UNKNOWN = Rejection.answer(
                    401,
                    "show a token that is good: POST /iot/api/v2/oauth2/token gives one,"
                            + " and for files GET /iot/api/v2/provisioner/storage")
            .with("WWW-Authenticate", "Bearer");
    private static final HttpResponse UNKNOWN_OPERATOR = Rejection.answer(
                    401,
                    "show a token that is good, POST /iot/api/v2/oauth2/token gives one;"
                            + " or say, as HTTP Basic, a user of the hub and its password")
            .with("WWW-Authenticate", BASIC + ", Bearer");

    private final TokenBook tokens;
    private final Predicate<Holder> good;
    private final Bus bus;
    private final Refusals refusals;
    private final Executor owner;
    private final int maxBodyBytes;

    /**
     * Who is let in.
     *
     * @param kind as which holder of a token
     * @param shown where the token is
     * @param otherwise the status for the holder of a token of another kind
     * @param unknown the answer to whoever is not known
     */
    private record Pass<H>(
            Class<H> kind, Function<HttpRequest, Optional<String>> shown, int otherwise, HttpResponse unknown) {
        static <H> Pass<H> bearer(Class<H> kind, int otherwise) {
            return new Pass<>(kind, IotDoor::token, otherwise, UNKNOWN);
        }
    }

    /**
     * A door that believes in {@code tokens}, which {@code owner} owns.
     *
     * @param good whether the holder of a token may still do what it was allowed to when it got it
     * @param bus finds out who a user of the hub is, and counts
     */
    public IotDoor(TokenBook tokens, Predicate<Holder> good, Bus bus, Executor owner, int maxBodyBytes) {
        this.tokens = tokens;
        this.good = good;
        this.bus = bus;
        this.refusals = new Refusals(bus.counters());
        this.owner = owner;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** For everybody, without a token. */
    public Route open(String method, String pattern, Consumer<IotCall> handler) {
        return new Route(method, pattern, exchange -> {
            IotCall call = call(exchange, 0);
            owner.execute(() -> guarded(call, () -> handler.accept(call)));
        });
    }

    /** For devices that want to be activated; one that is already is told so by 401. */
    public Route newcomers(String method, String pattern, BiConsumer<IotCall, Holder.Newcomer> handler) {
        return new Route(method, pattern, holding(Pass.bearer(Holder.Newcomer.class, 401), 0, handler));
    }

    /** For activated devices. */
    public Route endpoints(String method, String pattern, BiConsumer<IotCall, Holder.Endpoint> handler) {
        return new Route(method, pattern, holding(Pass.bearer(Holder.Endpoint.class, 403), 0, (call, endpoint) -> {
            Optional<String> said = call.request().header("x-endpointid");
            if (said.isPresent() && !said.get().equals(endpoint.id())) {
                throw new Rejection(403, "the token is not that of the endpoint in X-EndpointId");
            }
            handler.accept(call, endpoint);
        }));
    }

    /** For operators: programs with a token, and users of the hub. */
    public Route operators(String method, String pattern, BiConsumer<IotCall, Operator> handler) {
        Pass<Operator> pass = new Pass<>(Operator.class, IotDoor::token, 403, UNKNOWN_OPERATOR);
        HttpHandler programs = holding(pass, 0, handler);
        return new Route(method, pattern, exchange -> {
            if (exchange.request().credentials().orElse(null) instanceof Basic said) {
                user(call(exchange, 0), said, handler);
            } else {
                programs.handle(exchange);
            }
        });
    }

    /** Passwords are checked where they hold nobody up; the gateway's loop goes on when it is known whose this is. */
    private void user(IotCall call, Basic said, BiConsumer<IotCall, Operator> handler) {
        if (call.request().ofForeignPage()) {
            call.answer(Rejection.answer(403, "pages of other sites may not call this"));
            return;
        }
        bus.authenticator()
                .authenticate(new Credentials(said.user(), said.password(), call.from()))
                .whenCompleteAsync(
                        (who, failure) -> guarded(call, () -> {
                            if (failure != null) {
                                throw refused(call, failure);
                            }
                            handler.accept(call, new Operator.User(who.principal()));
                        }),
                        owner);
    }

    private static Rejection refused(IotCall call, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        LOG.warn("iot[{}] refused: {}", call.from(), cause.getMessage(), EventCode.LOGIN_REFUSED);
        if (cause instanceof AccessException unknown) {
            return new Rejection(
                    Rejection.answer(401, String.valueOf(unknown.getMessage())).with("WWW-Authenticate", BASIC));
        }
        if (cause instanceof RejectedExecutionException full) {
            return new Rejection(
                    Rejection.answer(503, String.valueOf(full.getMessage())).with("Retry-After", "1"));
        }
        throw new CompletionException(cause);
    }

    /** For everybody who may do more than activate himself. */
    public Route members(String method, String pattern, BiConsumer<IotCall, Holder> handler) {
        return new Route(method, pattern, holding(Pass.bearer(Holder.class, 403), 0, (call, holder) -> {
            if (holder instanceof Holder.Newcomer) {
                throw new Rejection(403, "this token is for activation alone");
            }
            if (holder instanceof Holder.Courier) {
                throw new Rejection(403, "this token is for files alone");
            }
            handler.accept(call, holder);
        }));
    }

    /**
     * For whoever shows, in {@code X-Auth-Token}, that he may move files.
     *
     * @param heardOut the longest body that is taken before its sender is refused; 0: none is
     */
    public Route couriers(String method, String pattern, long heardOut, BiConsumer<IotCall, Holder> handler) {
        Pass<Holder.Courier> pass =
                new Pass<>(Holder.Courier.class, request -> request.header("x-auth-token"), 401, UNKNOWN);
        return new Route(
                method, pattern, holding(pass, heardOut, (call, courier) -> handler.accept(call, courier.sender())));
    }

    private <H> HttpHandler holding(Pass<H> pass, long heardOut, BiConsumer<IotCall, H> handler) {
        return exchange -> {
            HttpRequest request = exchange.request();
            IotCall call = call(exchange, heardOut);
            owner.execute(() -> guarded(call, () -> {
                Holder holder = pass.shown()
                        .apply(request)
                        .flatMap(tokens::holder)
                        .filter(good)
                        .orElseThrow(() -> new Rejection(pass.unknown()));
                if (!pass.kind().isInstance(holder)) {
                    throw new Rejection(pass.otherwise(), "this token is not for " + request.path());
                }
                handler.accept(call, pass.kind().cast(holder));
            }));
        };
    }

    private IotCall call(HttpExchange exchange, long heardOut) {
        return new IotCall(exchange, owner, refusals, maxBodyBytes, heardOut);
    }

    private static void guarded(IotCall call, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            call.fail(failure);
        }
    }

    private static Optional<String> token(HttpRequest request) {
        return request.credentials()
                .flatMap(said -> said instanceof Bearer bearer ? Optional.of(bearer.token()) : Optional.empty());
    }
}

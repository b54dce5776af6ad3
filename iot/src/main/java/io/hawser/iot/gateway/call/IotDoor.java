package io.hawser.iot.gateway.call;

import io.hawser.net.http.Credentials;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpHandler;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds out who calls, by the token, before anything of a body is read ({@code specs/iot.md} 1.1, 1.2): a wrong one is answered with
 * 401, that of a device which may only activate itself with 403 elsewhere. Made on any thread; what is behind it runs on the
 * gateway's loop.
 */
public final class IotDoor {
    private final TokenBook tokens;
    private final Predicate<Holder> good;
    private final Executor owner;
    private final int maxBodyBytes;

    /**
     * A door that believes in {@code tokens}, which {@code owner} owns.
     *
     * @param good whether the holder of a token may still do what it was allowed to when it got it
     */
    public IotDoor(TokenBook tokens, Predicate<Holder> good, Executor owner, int maxBodyBytes) {
        this.tokens = tokens;
        this.good = good;
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
        return new Route(method, pattern, holding(Holder.Newcomer.class, 401, handler));
    }

    /** For activated devices. */
    public Route endpoints(String method, String pattern, BiConsumer<IotCall, Holder.Endpoint> handler) {
        return new Route(method, pattern, holding(Holder.Endpoint.class, 403, (call, endpoint) -> {
            Optional<String> said = call.request().header("x-endpointid");
            if (said.isPresent() && !said.get().equals(endpoint.id())) {
                throw new Rejection(403, "the token is not that of the endpoint in X-EndpointId");
            }
            handler.accept(call, endpoint);
        }));
    }

    /** For operators. */
    public Route operators(String method, String pattern, BiConsumer<IotCall, Holder.Operator> handler) {
        return new Route(method, pattern, holding(Holder.Operator.class, 403, handler));
    }

    /** For everybody who may do more than activate himself. */
    public Route members(String method, String pattern, BiConsumer<IotCall, Holder> handler) {
        return new Route(method, pattern, holding(Holder.class, 403, (call, holder) -> {
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
        return new Route(
                method,
                pattern,
                holding(
                        request -> request.header("x-auth-token"),
                        heardOut,
                        Holder.Courier.class,
                        401,
                        (call, courier) -> handler.accept(call, courier.sender())));
    }

    private <H extends Holder> HttpHandler holding(Class<H> kind, int otherwise, BiConsumer<IotCall, H> handler) {
        return holding(IotDoor::token, 0, kind, otherwise, handler);
    }

    private <H extends Holder> HttpHandler holding(
            Function<HttpRequest, Optional<String>> shown,
            long heardOut,
            Class<H> kind,
            int otherwise,
            BiConsumer<IotCall, H> handler) {
        return exchange -> {
            HttpRequest request = exchange.request();
            IotCall call = call(exchange, heardOut);
            owner.execute(() -> guarded(call, () -> {
                Holder holder = shown.apply(request)
                        .flatMap(tokens::holder)
                        .filter(good)
                        .orElseThrow(() -> new Rejection(unknown()));
                if (!kind.isInstance(holder)) {
                    throw new Rejection(otherwise, "this token is not for " + request.path());
                }
                handler.accept(call, kind.cast(holder));
            }));
        };
    }

    private IotCall call(HttpExchange exchange, long heardOut) {
        return new IotCall(exchange, owner, maxBodyBytes, heardOut);
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
                .flatMap(said ->
                        said instanceof Credentials.Bearer bearer ? Optional.of(bearer.token()) : Optional.empty());
    }

    private static HttpResponse unknown() {
        return Rejection.answer(
                        401,
                        "show a token that is good: POST /iot/api/v2/oauth2/token gives one,"
                                + " and for files GET /iot/api/v2/provisioner/storage")
                .with("WWW-Authenticate", "Bearer");
    }
}

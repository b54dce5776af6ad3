package io.hawser.iot.gateway.call;

import io.hawser.core.event.EventCode;
import io.hawser.core.store.StoreException;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.net.http.HttpBody;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of somebody, and its answer. Its steps run on the gateway's loop; a body is read and parsed on the connection's.
 * Whatever a step throws is answered.
 */
public final class IotCall {
    private static final Logger LOG = LoggerFactory.getLogger(IotCall.class);

    private final HttpExchange exchange;
    private final Executor owner;
    private final Refusals refusals;
    private final int maxBodyBytes;
    private final long heardOut;
    /** Whether somebody reads the body; belongs to the connection's loop. */
    private boolean taken;

    /**
     * What makes something of a body. Pure.
     *
     * @param <T> what it makes
     */
    public interface Parser<T> {
        /** May throw a {@link Rejection}, or a {@link ProtocolException}. */
        T parse(byte[] body) throws ProtocolException;
    }

    /** A step on the way to the answer. */
    public interface Step<T> {
        /** May throw a {@link Rejection}, or a {@link ProtocolException}. */
        void with(T value) throws ProtocolException;
    }

    /**
     * A call.
     *
     * @param refusals counts what is refused for want of room
     * @param maxBodyBytes the longest body that is read as a whole
     * @param heardOut whoever sends a body of up to so many bytes is refused only when it has come: the original libraries read no
     *     answer before they have sent all of a file
     */
    public IotCall(HttpExchange exchange, Executor owner, Refusals refusals, int maxBodyBytes, long heardOut) {
        this.exchange = exchange;
        this.owner = owner;
        this.refusals = refusals;
        this.maxBodyBytes = maxBodyBytes;
        this.heardOut = heardOut;
    }

    public HttpRequest request() {
        return exchange.request();
    }

    /** Who calls, for the log. */
    public String from() {
        return request().remote().getHostString();
    }

    /** Reads the whole body, and goes on with what {@code parser} makes of it. */
    public <T> void body(Parser<T> parser, Step<T> then) {
        HttpResponse tooLong = Rejection.answer(413, "the body is longer than " + maxBodyBytes + " bytes");
        exchange.loop().execute(() -> {
            if (exchange.waits()) {
                taken = true;
                exchange.wholeBody(maxBodyBytes, tooLong, bytes -> {
                    try {
                        T value = parser.parse(bytes);
                        owner.execute(() -> step(value, then));
                    } catch (ProtocolException | RuntimeException wrong) {
                        fail(wrong);
                    }
                });
            }
        });
    }

    /** Goes on with {@code then}, on the gateway's loop, when {@code future} is done. */
    public <T> void after(CompletableFuture<T> future, Step<T> then) {
        future.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        step(value, then);
                    } else {
                        fail(failure);
                    }
                },
                owner);
    }

    private <T> void step(T value, Step<T> then) {
        try {
            then.with(value);
        } catch (ProtocolException | RuntimeException wrong) {
            fail(wrong);
        }
    }

    /** Answers as {@code failure} deserves. Callable from any thread. */
    public void fail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Rejection rejection) {
            answer(rejection.answer());
        } else if (cause instanceof ProtocolException wrong) {
            answer(Rejection.answer(400, wrong.reason()));
        } else if (cause instanceof RegistryException refused) {
            refusals.seen(refused);
            answer(Rejection.answer(status(refused.reason()), String.valueOf(refused.getMessage())));
        } else if (cause instanceof StoreException full) {
            LOG.warn("iot[{}] cannot be served: {}", from(), full.getMessage());
            full.countIn(refusals.counters());
            answer(Rejection.answer(503, "the store does not take it: " + full.getMessage())
                    .with("Retry-After", "5"));
        } else {
            LOG.error("iot[{}] {}", from(), request().path(), EventCode.INTERNAL_ERROR, cause);
            answer(Rejection.answer(500, "the hub failed; its log says why"));
        }
    }

    private static int status(RegistryException.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> 404;
            case INVALID -> 400;
            case CONFLICT -> 409;
            case LIMIT -> 429;
            case FORBIDDEN -> 403;
        };
    }

    /** Goes on with {@code then} on the connection's loop: for a body or an answer in pieces. */
    public void onConnection(Step<HttpExchange> then) {
        exchange.loop().execute(() -> {
            taken = true;
            step(exchange, then);
        });
    }

    /** Runs {@code task}, on the gateway's loop, if the caller goes away before it has its answer. */
    public void whenGone(Runnable task) {
        exchange.loop().execute(() -> exchange.whenGone(() -> owner.execute(task)));
    }

    /** Answers; without effect if there is an answer already. Callable from any thread. */
    public void answer(HttpResponse response) {
        answer(response, left -> {});
    }

    /** The same; {@code left} hears, on the gateway's loop, whether the whole answer has left the hub. */
    public void answer(HttpResponse response, Consumer<Boolean> left) {
        exchange.loop().execute(() -> {
            if (exchange.waits() && heardOut > 0 && !taken) {
                taken = true;
                exchange.body(heardOut, (Swallowed) () -> answer(response, left));
            } else if (exchange.waits()) {
                exchange.answer(response, done -> owner.execute(() -> left.accept(done)));
            } else {
                owner.execute(() -> left.accept(false));
            }
        });
    }

    /** A body that nobody wants. */
    private interface Swallowed extends HttpBody {
        @Override
        default void piece(byte[] bytes) {}
    }
}

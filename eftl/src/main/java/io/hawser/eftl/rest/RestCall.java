package io.hawser.eftl.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.wire.EftlLimits;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.net.Loop;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.wire.Utf8;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One request of somebody whom the hub knows, and its answer. Owner: the exchange's loop. */
final class RestCall {
    private final HttpExchange exchange;
    private final Asked asked;
    private final EftlMapping mapping;
    private final EftlClient caller;

    /** A step on the way to the answer. */
    interface Step<T> {
        /** May throw whatever {@link RestErrors} has an answer for. */
        void with(T value) throws ProtocolException;
    }

    RestCall(HttpExchange exchange, Asked asked, EftlMapping mapping, EftlClient caller) {
        this.exchange = exchange;
        this.asked = asked;
        this.mapping = mapping;
        this.caller = caller;
    }

    EftlMapping mapping() {
        return mapping;
    }

    EftlClient caller() {
        return caller;
    }

    Loop loop() {
        return exchange.loop();
    }

    /** What stands in the path where the route says {@code {what}}: a name of 1 to 256 bytes. */
    String name(String what) {
        String name = exchange.request().parameter(what);
        int most = EftlLimits.DEFAULT.maxNameBytes();
        if (name.isEmpty() || name.getBytes(UTF_8).length > most) {
            throw invalid("a " + what + " has a name of 1 to " + most + " bytes");
        }
        return name;
    }

    Optional<String> query(String name) {
        return exchange.request().query(name);
    }

    /** What is wrong with how the caller says it. */
    RefusedException invalid(String reason) {
        return new RefusedException(400, asked.invalid(), reason);
    }

    /** Reads the body, which is no longer than a message on this channel and is UTF-8, and then does {@code next}. */
    void body(Step<byte[]> next) {
        int most = mapping.channel().limits().maxMessageBytes();
        HttpResponse tooLong = RestErrors.answer(
                413,
                asked.invalid(),
                "the body is longer than " + most + " bytes, the longest message on this channel");
        exchange.wholeBody(
                most,
                Origins.named(exchange.request(), tooLong),
                body -> step(body, whole -> {
                    if (!Utf8.isValid(whole)) {
                        throw invalid("the body is not UTF-8");
                    }
                    next.with(whole);
                }));
    }

    /** Goes on with {@code next}, on the loop, when {@code future} is done. */
    <T> void then(CompletableFuture<T> future, Step<T> next) {
        future.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        step(value, next);
                    } else {
                        fail(failure);
                    }
                },
                loop());
    }

    private <T> void step(T value, Step<T> next) {
        try {
            next.with(value);
        } catch (ProtocolException | RuntimeException failure) {
            fail(failure);
        }
    }

    /** Runs {@code task} when the caller goes away before it was answered. */
    void whenGone(Runnable task) {
        exchange.whenGone(task);
    }

    void fail(Throwable failure) {
        answer(RestErrors.answer(asked, failure));
    }

    /** It is done, with nothing to tell. */
    void done() {
        answer(HttpResponse.json(200, "{}\n"));
    }

    void answer(HttpResponse response) {
        if (exchange.waits()) {
            exchange.answer(Origins.named(exchange.request(), response));
        }
    }

    /** The same; {@code taken} hears whether the whole answer has left the hub. */
    void answer(HttpResponse response, Consumer<Boolean> taken) {
        if (exchange.waits()) {
            exchange.answer(Origins.named(exchange.request(), response), taken);
        } else {
            taken.accept(false);
        }
    }
}

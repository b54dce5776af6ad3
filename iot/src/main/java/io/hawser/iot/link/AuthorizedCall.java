package io.hawser.iot.link;

import io.hawser.iot.wire.ProtocolException;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One call with a token, made again with a new one where it is denied ({@code specs/iot.md} 1.2: 401, and 403 too, as that is the
 * answer to a token for activation elsewhere). Owner: the loop.
 */
final class AuthorizedCall<T> {
    private final TokenBook tokens;
    private final Function<HttpCall, CompletableFuture<HttpResponse>> way;
    private final Reader<T> reader;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private int retries;

    /** Reads an answer, whatever its status. */
    interface Reader<T> {
        T read(HttpResponse answer) throws LinkException, ProtocolException;
    }

    /** A call that goes {@code way}, and is denied at most {@code retries} times before it is given up. */
    AuthorizedCall(
            TokenBook tokens, int retries, Function<HttpCall, CompletableFuture<HttpResponse>> way, Reader<T> reader) {
        this.tokens = tokens;
        this.retries = retries;
        this.way = way;
        this.reader = reader;
    }

    /** Makes it, on {@code loop}. The future fails with a {@link LinkException}; when it is cancelled the call ends. */
    CompletableFuture<T> make(HttpCall call, Executor loop) {
        loop.execute(() -> identify(call));
        return result;
    }

    private void identify(HttpCall call) {
        tokens.token().whenComplete((token, failure) -> {
            if (failure != null) {
                fail(failure);
            } else if (!result.isDone()) {
                say(call, token);
            }
        });
    }

    private void say(HttpCall call, String token) {
        CompletableFuture<HttpResponse> answer = way.apply(call.with("Authorization", "Bearer " + token));
        answer.whenComplete((got, failure) -> {
            if (failure != null) {
                fail(failure);
            } else if (Verdict.isDenied(got) && retries > 0) {
                retries--;
                tokens.reject(token);
                identify(call);
            } else {
                read(call, got);
            }
        });
        result.whenComplete((any, failure) -> {
            if (result.isCancelled()) {
                answer.cancel(false);
            }
        });
    }

    private void read(HttpCall call, HttpResponse answer) {
        try {
            result.complete(reader.read(answer));
        } catch (LinkException failure) {
            result.completeExceptionally(failure);
        } catch (ProtocolException garbled) {
            result.completeExceptionally(LinkException.answered(
                    LinkException.Kind.GARBLED, answer.status(), call + ": " + garbled.reason()));
        }
    }

    private void fail(Throwable failure) {
        Throwable cause = failure.getCause();
        result.completeExceptionally(failure instanceof CompletionException && cause != null ? cause : failure);
    }
}

package io.hawser.iot.link;

import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpLimits;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.tls.TlsTrust;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Calls and their answers, whatever those say, each within its own time. Callable from any thread; futures complete on the loop,
 * fail with a {@link LinkException}, and end their call when they are cancelled.
 */
final class Https implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ofDays(365);
    /** Servers, ours among them, end a connection that was not used for half a minute; we should not use it just then. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private static final long LONGEST_ANSWER = 4 << 20;

    private final Loop loop;
    private final HttpClient client;
    private final Duration answerTimeout;
    private volatile boolean closed;

    Https(Loop loop, TlsTrust trust, Duration answerTimeout) {
        this.loop = loop;
        this.answerTimeout = answerTimeout;
        NetLimits net = NetLimits.defaults()
                .withTimeouts(answerTimeout, answerTimeout, NetLimits.defaults().closeTimeout())
                .withTlsTimeout(answerTimeout);
        HttpLimits http = new HttpLimits(LONGEST_ANSWER, answerTimeout, answerTimeout, answerTimeout, IDLE);
        this.client = new HttpClient(loop, new HttpClient.Options(trust, FOR_EVER, net, http));
    }

    /** Makes {@code call}, which is to be answered in the usual time. */
    CompletableFuture<HttpResponse> send(HttpCall call) {
        return send(call, answerTimeout, Optional.empty());
    }

    /** Makes {@code call}; if it is not answered within {@code limit}, {@code otherwise} is taken for the answer, if there is one. */
    CompletableFuture<HttpResponse> send(HttpCall call, Duration limit, Optional<HttpResponse> otherwise) {
        CompletableFuture<HttpResponse> result = new CompletableFuture<>();
        CompletableFuture<HttpResponse> answer = client.send(call);
        Loop.Timer late = loop.schedule(limit, () -> {
            otherwise.ifPresentOrElse(
                    result::complete,
                    () -> result.completeExceptionally(
                            unreachable(call, new IOException("no answer within " + limit.toMillis() + " ms"))));
            answer.cancel(false);
        });
        answer.whenComplete((got, failure) -> {
            late.cancel();
            if (failure == null) {
                result.complete(got);
            } else {
                result.completeExceptionally(failed(call, failure));
            }
        });
        result.whenComplete((any, failure) -> {
            if (result.isCancelled()) {
                answer.cancel(false);
            }
        });
        return result;
    }

    private LinkException failed(HttpCall call, Throwable failure) {
        if (closed) {
            return LinkException.closed();
        }
        return failure instanceof HttpClient.UnsoundAnswerException
                ? LinkException.answered(LinkException.Kind.GARBLED, 0, call + ": " + failure.getMessage())
                : unreachable(call, failure);
    }

    private static LinkException unreachable(HttpCall call, Throwable failure) {
        return LinkException.unreachable(call + ": " + failure.getMessage(), failure);
    }

    /** Drops all connections; calls that are not answered fail. */
    @Override
    public void close() {
        closed = true;
        client.close();
    }
}

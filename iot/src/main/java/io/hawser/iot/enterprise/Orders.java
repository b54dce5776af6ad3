package io.hawser.iot.enterprise;

import io.hawser.core.value.Fields;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.wire.operator.RequestState;
import io.hawser.net.Backoff;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Has devices do things, and asks what became of it, soon at first and then as often as the originals ({@code specs/iot.md} 1.9). Callable
 * from any thread; the state of each order belongs to the loop, and its future completes on the callback executor.
 */
final class Orders {
    private static final Duration FIRST = Duration.ofMillis(20);

    private final Server server;
    private final Loop loop;
    private final Executor callbacks;
    private final Backoff between;
    private final Duration patience;
    private final Runnable done;

    /**
     * Nothing is ordered yet.
     *
     * @param interval how long at most between two questions
     * @param patience how long it may take until nobody waits any more
     * @param done is told on the loop when a device has done something
     */
    Orders(Server server, Loop loop, Executor callbacks, Duration interval, Duration patience, Runnable done) {
        this.server = server;
        this.loop = loop;
        this.callbacks = callbacks;
        this.between = new Backoff(interval.compareTo(FIRST) < 0 ? interval : FIRST, interval, 0);
        this.patience = patience;
        this.done = done;
    }

    /** Orders {@code wish} at {@code path} of the application. */
    CompletableFuture<Outcome> order(String method, String path, Fields wish) {
        return new Order().follow(server.order(method, path, wish, RequestState::read));
    }

    /** What became of {@code request}. */
    CompletableFuture<Outcome> outcome(String request) {
        return new Order().follow(server.request(request, RequestState::read));
    }

    /** One order, until it has ended or nobody waits for it. Owner: the loop. */
    private final class Order {
        private final CompletableFuture<Outcome> result = new CompletableFuture<>();
        private final long begun = loop.nanoTime();
        private int asked;

        CompletableFuture<Outcome> follow(CompletableFuture<RequestState> answer) {
            answer.whenCompleteAsync(
                    (state, failure) -> {
                        if (failure == null) {
                            see(state);
                        } else {
                            callbacks.execute(() -> result.completeExceptionally(cause(failure)));
                        }
                    },
                    loop);
            return result;
        }

        private void see(RequestState state) {
            if (state.complete()) {
                Outcome outcome = Outcome.of(state);
                if (outcome.isCompleted()) {
                    done.run();
                }
                callbacks.execute(() -> result.complete(outcome));
            } else {
                later(state.id(), "the server says " + state.status());
            }
        }

        /** Asks again after a while, unless nobody waits any more; {@code now} is what is known of it. */
        private void later(String request, String now) {
            asked++;
            Duration wait = between.after(asked, () -> 0);
            if (loop.nanoTime() - begun + wait.toNanos() > patience.toNanos()) {
                callbacks.execute(() -> result.complete(Outcome.timedOut(request, now)));
            } else if (!result.isDone()) {
                loop.schedule(wait, () -> ask(request));
            }
        }

        private void ask(String request) {
            server.request(request, RequestState::read)
                    .whenCompleteAsync(
                            (state, failure) -> {
                                if (failure == null) {
                                    see(state);
                                } else if (cause(failure) instanceof LinkException why && passes(why)) {
                                    later(request, String.valueOf(why.getMessage()));
                                } else {
                                    callbacks.execute(() -> result.completeExceptionally(cause(failure)));
                                }
                            },
                            loop);
        }
    }

    /** Whether asking again may help: the order has been taken, whoever cannot be reached now. */
    private static boolean passes(LinkException why) {
        return why.kind() == LinkException.Kind.UNREACHABLE
                || why.kind() == LinkException.Kind.BUSY
                || why.status() >= 500;
    }

    static Throwable cause(Throwable failure) {
        Throwable inner = failure.getCause();
        return failure instanceof CompletionException && inner != null ? inner : failure;
    }
}

package io.hawser.clever;

import io.hawser.clever.engine.CleverEvents;
import io.hawser.clever.engine.CleverReply;
import io.hawser.clever.engine.Failure;
import io.hawser.clever.engine.Outcome;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.core.value.Value;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** Hears the party and passes on what concerns the program. Called on the loop; {@link #remote} is read by any thread. */
final class PeerEvents implements CleverEvents {
    private final CleverPeer peer;
    private final CleverOptions options;
    private final Callbacks callbacks;
    private final Runnable ended;
    private volatile Optional<InetSocketAddress> remote = Optional.empty();
    private volatile CompletableFuture<CleverPeer> connected = new CompletableFuture<>();

    /** {@code ended} is run when the peer will never come back. */
    PeerEvents(CleverPeer peer, CleverOptions options, Callbacks callbacks, Runnable ended) {
        this.peer = peer;
        this.options = options;
        this.callbacks = callbacks;
        this.ended = ended;
    }

    /** Where the other side is, while a connection is open. */
    Optional<InetSocketAddress> remote() {
        return remote;
    }

    /** Complete while a connection is open. */
    CompletableFuture<CleverPeer> connected() {
        return connected;
    }

    /** Tells {@code future} what becomes of something. */
    <T> Outcome outcome(
            CompletableFuture<T> future, Function<Value, T> result, CleverProgress bytes, Consumer<Value> steps) {
        return new Outcome() {
            @Override
            public void done(Value value) {
                callbacks.tell(() -> future.complete(result.apply(value)));
            }

            @Override
            public void failed(Failure why) {
                callbacks.tell(() -> future.completeExceptionally(CleverException.of(why)));
            }

            @Override
            public void progress(Value value) {
                callbacks.tell(() -> steps.accept(value));
            }

            @Override
            public void bytes(long done, long total) {
                callbacks.tell(() -> bytes.bytes(done, total));
            }
        };
    }

    @Override
    public void connected(InetSocketAddress other) {
        remote = Optional.of(other);
        CompletableFuture<CleverPeer> now = connected;
        callbacks.tell(() -> {
            options.listener().connected(peer);
            now.complete(peer);
        });
    }

    @Override
    public void disconnected(String reason, boolean again) {
        remote = Optional.empty();
        connected = new CompletableFuture<>();
        callbacks.tell(() -> options.listener().disconnected(peer, reason));
        if (!again) {
            over(reason);
        }
    }

    /** There will be no connection any more. */
    void over(String reason) {
        CompletableFuture<CleverPeer> never = connected;
        callbacks.tell(() -> never.completeExceptionally(new CleverClosedException(reason)));
        ended.run();
    }

    @Override
    public void unreachable(String reason) {
        callbacks.tell(() -> options.listener().unreachable(peer, reason));
    }

    @Override
    public void action(CleverFrame.Action action, CleverReply reply) {
        Optional<CleverActionHandler> handler = first(registry -> registry.action(action.name()));
        if (handler.isEmpty()) {
            String why = "nobody here handles the action " + action.name();
            reply.failed(why);
            problem(why);
            return;
        }
        CleverCall call = new CleverCall(peer, action.name(), action.args(), action.kwargs(), value -> {});
        callbacks.tell(() -> {
            try {
                handler.get().handle(call);
                if (reply.awaited()) {
                    peer.onLoop(() -> reply.done(Value.Null.NULL));
                }
            } catch (Exception failure) {
                failed("the action " + action.name(), failure, reply);
            }
        });
    }

    @Override
    public void request(CleverFrame.Request request, CleverReply reply) {
        Optional<Function<CleverCall, CompletionStage<Value>>> handler =
                first(registry -> registry.request(request.name()));
        if (handler.isEmpty()) {
            String why = "nobody here answers the request " + request.name();
            reply.failed(why);
            problem(why);
            return;
        }
        CleverCall call = new CleverCall(
                peer,
                request.name(),
                request.args(),
                request.kwargs(),
                value -> peer.onLoop(() -> reply.progress(value)));
        callbacks.tell(() -> {
            try {
                handler.get().apply(call).whenComplete((value, failure) -> {
                    if (failure == null) {
                        peer.onLoop(() -> reply.done(value));
                    } else {
                        failed("the request " + request.name(), cause(failure), reply);
                    }
                });
            } catch (RuntimeException failure) {
                failed("the request " + request.name(), failure, reply);
            }
        });
    }

    /** What the first registry that knows it says. */
    private <T> Optional<T> first(Function<CleverHandlers, Optional<T>> known) {
        for (CleverHandlers registry : options.handlers()) {
            Optional<T> found = known.apply(registry);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private void failed(String what, Throwable failure, CleverReply reply) {
        String why = what + " failed: " + failure;
        peer.onLoop(() -> reply.failed(why));
        options.listener().problem(peer, why);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    @Override
    public void fileReceived(String path, long bytes) {
        callbacks.tell(() -> options.listener().fileReceived(peer, path, bytes));
    }

    @Override
    public void problem(String reason) {
        callbacks.tell(() -> options.listener().problem(peer, reason));
    }
}

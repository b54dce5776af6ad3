package io.hawser.clever;

import io.hawser.core.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Who handles which actions and requests. One registry may serve many peers, and a peer may have several: the first that knows
 * a name handles it. Callable from any thread, at any time.
 */
public final class CleverHandlers {
    private final Map<String, CleverActionHandler> actions = new ConcurrentHashMap<>();
    private final Map<String, Function<CleverCall, CompletionStage<Value>>> requests = new ConcurrentHashMap<>();

    /** {@code handler} does the action {@code name} from now on. */
    public CleverHandlers onAction(String name, CleverActionHandler handler) {
        actions.put(name, handler);
        return this;
    }

    /** {@code handler} answers the request {@code name} from now on. */
    public CleverHandlers onRequest(String name, CleverRequestHandler handler) {
        return onRequestLater(name, call -> {
            try {
                return CompletableFuture.completedFuture(handler.handle(call));
            } catch (Exception failure) {
                return CompletableFuture.failedFuture(failure);
            }
        });
    }

    /** {@code handler} begins to answer the request {@code name} from now on; other calls need not wait for the end. */
    public CleverHandlers onRequestLater(String name, Function<CleverCall, CompletionStage<Value>> handler) {
        requests.put(name, handler);
        return this;
    }

    /** Nobody handles the action and the request {@code name} any more. */
    public void remove(String name) {
        actions.remove(name);
        requests.remove(name);
    }

    Optional<CleverActionHandler> action(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    Optional<Function<CleverCall, CompletionStage<Value>>> request(String name) {
        return Optional.ofNullable(requests.get(name));
    }
}

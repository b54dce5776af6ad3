package io.hawser.iot.device.virtual;

import io.hawser.iot.dispatch.DispatchException;
import io.hawser.iot.dispatch.MessageDispatcher;
import io.hawser.iot.dispatch.QueueFullException;
import io.hawser.iot.link.ServerClock;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Where virtual devices put their messages, and hear what becomes of each. Callable from any thread.
 *
 * @param clock when what they say happened
 * @param callbacks who hears that there was no room
 */
public record Outlet(MessageDispatcher dispatcher, ServerClock clock, Executor callbacks) {
    IotHead head(String endpointId) {
        return IotHead.of(UUID.randomUUID().toString(), endpointId, clock.millis());
    }

    /**
     * Queues {@code message}; {@code failed} hears on the callback executor if it will never be delivered. One that lies on disk when
     * the device is closed is not lost.
     *
     * @return completes on the callback executor when the server has it
     */
    CompletableFuture<Void> put(IotMessage message, Consumer<Throwable> failed) {
        CompletableFuture<Void> delivered;
        try {
            delivered = dispatcher.queue(message).delivered();
        } catch (QueueFullException full) {
            delivered = new CompletableFuture<>();
            CompletableFuture<Void> refused = delivered;
            callbacks.execute(() -> refused.completeExceptionally(full));
        }
        return delivered.whenComplete((done, failure) -> {
            if (failure != null && !kept(cause(failure))) {
                failed.accept(cause(failure));
            }
        });
    }

    private static boolean kept(Throwable cause) {
        return cause instanceof DispatchException given && given.reason() == DispatchException.Reason.KEPT;
    }

    private static Throwable cause(Throwable failure) {
        Throwable inner = failure.getCause();
        return failure instanceof CompletionException && inner != null ? inner : failure;
    }
}

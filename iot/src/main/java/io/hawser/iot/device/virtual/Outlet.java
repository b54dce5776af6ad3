package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.dispatch.DispatchException;
import io.hawser.iot.dispatch.MessageDispatcher;
import io.hawser.iot.dispatch.QueueFullException;
import io.hawser.iot.dispatch.kept.KeptTable;
import io.hawser.iot.link.ServerClock;
import io.hawser.iot.storage.StorageObject;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loop;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where virtual devices put their messages, and hear what becomes of each. Callable from any thread.
 *
 * @param clock when what they say happened
 * @param callbacks who hears that there was no room
 * @param uploads the content at a URI, if it is to be uploaded yet
 * @param loop for timers
 * @param workers for what takes longer
 * @param batches where what policies hold back outlives the program
 */
public record Outlet(
        MessageDispatcher dispatcher,
        ServerClock clock,
        Executor callbacks,
        Function<String, Optional<StorageObject>> uploads,
        Loop loop,
        Executor workers,
        Optional<KeptTable> batches) {
    IotHead head(String endpointId) {
        return IotHead.of(UUID.randomUUID().toString(), endpointId, clock.millis());
    }

    /**
     * Queues {@code message}, which waits for the contents that it speaks of; {@code failed} hears on the callback executor if it
     * will never be delivered. One that lies on disk when
     * the device is closed is not lost.
     *
     * @return completes on the callback executor when the server has it
     */
    CompletableFuture<Void> put(IotMessage message, Consumer<Throwable> failed) {
        CompletableFuture<Void> delivered;
        try {
            Set<String> contents = contents(message.head().source(), items(message));
            delivered = dispatcher.queue(List.of(message), contents).get(0).delivered();
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

    private static Fields items(IotMessage message) {
        if (message instanceof IotMessage.Data data) {
            return data.items();
        }
        return message instanceof IotMessage.Alert alert ? alert.items() : Fields.EMPTY;
    }

    /** Which contents are on their way to the server from now on. */
    private Set<String> contents(String endpointId, Fields items) {
        Set<String> contents = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String name = items.name(i);
            Optional<StorageObject> upload =
                    items.value(i) instanceof Value.Str text ? uploads.apply(text.value()) : Optional.empty();
            upload.ifPresent(object -> {
                object.belongsTo(endpointId, name);
                contents.add(object.getURI().toString());
                send(object);
            });
        }
        return contents;
    }

    private void send(StorageObject object) {
        String content = object.getURI().toString();
        dispatcher.await(content);
        object.sync().whenComplete((done, failure) -> {
            if (failure == null) {
                dispatcher.arrived(content);
            } else {
                dispatcher.failed(content, cause(failure));
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

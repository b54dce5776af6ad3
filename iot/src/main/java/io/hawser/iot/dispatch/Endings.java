package io.hawser.iot.dispatch;

import io.hawser.iot.dispatch.DispatchException.Reason;
import io.hawser.iot.dispatch.kept.DeviceFile;
import io.hawser.iot.wire.IotMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where each message that was taken ends, once: delivered, failed, or left on disk. Gives its place in the queue back and tells the
 * program. Owner: the dispatcher's loop; the callbacks change on any thread.
 */
final class Endings {
    private final QueueRoom room;
    private final Callbacks callbacks;
    private final Optional<DeviceFile> file;
    private volatile DeliveryCallback onDelivery = messages -> {};
    private volatile ErrorCallback onError = (messages, cause) -> {};

    Endings(QueueRoom room, Callbacks callbacks, Optional<DeviceFile> file) {
        this.room = room;
        this.callbacks = callbacks;
        this.file = file;
    }

    void onDelivery(DeliveryCallback callback) {
        onDelivery = callback;
    }

    void onError(ErrorCallback callback) {
        onError = callback;
    }

    /** The server has accepted {@code entries}. */
    void delivered(List<Outgoing> entries) {
        forget(entries);
        tell(entries, () -> {
            done(entries);
            onDelivery.delivered(messages(entries));
        });
    }

    /** {@code entries} have reached somebody in this program; nobody is told but who asked for it. */
    void passed(List<Outgoing> entries) {
        forget(entries);
        tell(entries, () -> done(entries));
    }

    /** {@code entries} are given up. */
    void failed(List<Outgoing> entries, Throwable cause) {
        if (entries.isEmpty()) {
            return;
        }
        forget(entries);
        tell(entries, () -> {
            entries.forEach(each -> each.accepted().completeExceptionally(cause));
            entries.forEach(each -> each.delivered().completeExceptionally(cause));
            onError.failed(messages(entries), cause);
        });
    }

    /** Nobody sends {@code entries} any more. Those on disk stay there. */
    void left(List<Outgoing> entries, Throwable cause) {
        List<Outgoing> lost = new ArrayList<>();
        for (Outgoing each : entries) {
            each.row()
                    .ifPresentOrElse(
                            row -> row.kept().whenComplete((kept, failure) -> {
                                if (failure == null) {
                                    leftOnDisk(each, cause);
                                } else {
                                    failed(List.of(each), cause);
                                }
                            }),
                            () -> lost.add(each));
        }
        failed(lost, cause);
    }

    private void leftOnDisk(Outgoing entry, Throwable cause) {
        String text = "the dispatcher is closed; the message lies on disk and leaves with the next one";
        tell(List.of(entry), () -> {
            entry.accepted().complete(null);
            entry.delivered().completeExceptionally(DispatchException.of(Reason.KEPT, text, cause));
        });
    }

    /** Policies have not let {@code messages} in. */
    void refused(List<IotMessage> messages, Throwable cause, CompletableFuture<?> told) {
        callbacks.tell(() -> {
            told.completeExceptionally(cause);
            onError.failed(messages, cause);
        });
    }

    /** {@code entry} is safe on disk, or is not, for a reason. */
    void kept(Outgoing entry, Optional<Throwable> failure) {
        callbacks.tell(() -> failure.ifPresentOrElse(
                cause -> entry.accepted()
                        .completeExceptionally(DispatchException.of(
                                Reason.NOT_KEPT,
                                "the message is queued, but not on disk: " + cause.getMessage(),
                                cause)),
                () -> entry.accepted().complete(null)));
    }

    private void forget(List<Outgoing> entries) {
        file.ifPresent(disk -> entries.forEach(
                each -> each.row().ifPresent(row -> disk.messages().release(row))));
    }

    private void tell(List<Outgoing> entries, Runnable call) {
        long bytes = entries.stream().mapToLong(Outgoing::bytes).sum();
        callbacks.tell(() -> {
            room.release(entries.size(), bytes);
            call.run();
        });
    }

    private static void done(List<Outgoing> entries) {
        entries.forEach(each -> each.accepted().complete(null));
        entries.forEach(each -> each.delivered().complete(null));
    }

    private static List<IotMessage> messages(List<Outgoing> entries) {
        return entries.stream().map(Outgoing::message).toList();
    }
}

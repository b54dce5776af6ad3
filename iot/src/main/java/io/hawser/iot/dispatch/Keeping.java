package io.hawser.iot.dispatch;

import io.hawser.iot.dispatch.DispatchException.Reason;
import io.hawser.iot.dispatch.kept.DeviceFile;
import io.hawser.iot.dispatch.kept.KeptMessage;
import io.hawser.iot.dispatch.pace.Failures;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one dispatcher has on disk: messages are put there, and what an earlier one left is taken up. Owner: the dispatcher's loop. */
final class Keeping {
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    private final String endpointId;
    private final Optional<DeviceFile> file;
    private final QueueRoom room;
    private final Endings endings;

    Keeping(String endpointId, Optional<DeviceFile> file, QueueRoom room, Endings endings) {
        this.endpointId = endpointId;
        this.file = file;
        this.room = room;
        this.endings = endings;
    }

    /** Puts {@code entry} on disk, if it is to be there. */
    void keep(Outgoing entry) {
        if (entry.wantsRow()) {
            DeviceFile disk = file.orElseThrow();
            entry.row(json -> disk.messages().keep(endpointId, json));
            entry.row()
                    .orElseThrow()
                    .kept()
                    .whenComplete((kept, failure) -> endings.kept(entry, Optional.ofNullable(failure)));
        }
    }

    /** What an earlier dispatcher of this endpoint left on disk; completes on any thread, never fails. */
    CompletableFuture<List<KeptMessage>> left() {
        return file.map(disk -> disk.messages().load(endpointId))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()))
                .exceptionally(failure -> {
                    LOG.warn(
                            "device[{}] what lies on disk cannot be read: {}",
                            endpointId,
                            Failures.cause(failure).getMessage());
                    return List.of();
                });
    }

    /** Hands {@code found} to {@code taker}; what is too old is given up. */
    void takeUp(List<KeptMessage> found, Consumer<List<Outgoing>> taker) {
        List<Outgoing> entries = found.stream()
                .map(each -> new Outgoing(each.message(), each.bytes(), each.row()))
                .toList();
        room.force(entries.size(), entries.stream().mapToLong(Outgoing::bytes).sum());
        endings.failed(entries.stream().filter(this::isTooOld).toList(), tooOld());
        taker.accept(entries.stream().filter(each -> !isTooOld(each)).toList());
    }

    /** True if {@code entry} has been on disk for longer than is allowed. */
    boolean isTooOld(Outgoing entry) {
        return file.isPresent()
                && entry.row().map(file.get().messages()::isTooOld).orElse(false);
    }

    static DispatchException tooOld() {
        return DispatchException.of(Reason.TOO_OLD, "the message lay on disk for longer than messages are kept");
    }

    /** Completes when all is on disk that was to be there, or could not be. */
    CompletableFuture<Void> flush() {
        return file.map(DeviceFile::flush).orElseGet(() -> CompletableFuture.completedFuture(null));
    }
}

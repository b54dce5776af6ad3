package io.hawser.iot.registry.history;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which messages somebody wants to see.
 *
 * @param device only those of this device
 * @param devices only those of devices whose endpoint ids it takes
 * @param kind only those of this kind
 * @param since only those that the hub had later than this, in milliseconds since the epoch
 * @param until only those that the hub had at this time at the latest
 * @param offset how many are passed over
 * @param limit the most
 * @param newestFirst the order
 */
public record HistoryQuery(
        Optional<String> device,
        Predicate<String> devices,
        Optional<MessageKind> kind,
        long since,
        long until,
        int offset,
        int limit,
        boolean newestFirst) {
    /** The newest messages of {@code device}. */
    public static HistoryQuery of(String device, int limit) {
        return new HistoryQuery(Optional.of(device), id -> true, Optional.empty(), -1, Long.MAX_VALUE, 0, limit, true);
    }

    /** How many messages of a chunk are wanted. */
    int count(ChunkHead chunk) {
        boolean wanted = chunk.received() > since && chunk.received() <= until && devices.test(chunk.device());
        if (!wanted) {
            return 0;
        }
        return kind.map(which -> which == MessageKind.ALERT ? chunk.alerts() : chunk.count() - chunk.alerts())
                .orElse(chunk.count());
    }

    boolean wants(DeviceMessage message) {
        return kind.isEmpty() || kind.get() == message.kind();
    }
}

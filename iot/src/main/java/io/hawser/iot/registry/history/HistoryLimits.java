package io.hawser.iot.registry.history;

import io.hawser.iot.registry.kept.RegistryException;
import java.time.Duration;

/**
 * How much is kept of what devices say. The oldest goes when there is more.
 *
 * @param messageBytes the longest message as it is kept; a longer one is refused
 * @param messages how many messages of one device are kept at least, if they are not too old; those that came in one call go
 *     together
 * @param keep for how long a message is kept
 * @param chunks the most calls of which messages are kept in all
 * @param bytes the most bytes of messages that are kept in all
 * @param ids how many of a device's newest messages are known again if they come again, as long as they are kept
 * @param attributes the most attributes, and the most formats, that are known of one model of a device
 */
public record HistoryLimits(
        int messageBytes, int messages, Duration keep, int chunks, long bytes, int ids, int attributes) {
    /**
     * Messages of 256 KiB; 1,000 of a device for 30 days; 300,000 calls and 1 GiB in all; the last 2,000 ids of a device, twice
     * what the original sends in one call.
     */
    public static final HistoryLimits DEFAULT =
            new HistoryLimits(256 << 10, 1_000, Duration.ofDays(30), 300_000, 1L << 30, 2_000, 1_000);

    /** These limits with another number of messages a device, and another age. */
    public HistoryLimits withKept(int newMessages, Duration newKeep) {
        return new HistoryLimits(messageBytes, newMessages, newKeep, chunks, bytes, ids, attributes);
    }

    /** These limits with other totals. */
    public HistoryLimits withTotals(int newChunks, long newBytes) {
        return new HistoryLimits(messageBytes, messages, keep, newChunks, newBytes, ids, attributes);
    }

    /** These limits with another number of ids. */
    public HistoryLimits withIds(int newIds) {
        return new HistoryLimits(messageBytes, messages, keep, chunks, bytes, newIds, attributes);
    }

    void checkMessage(DeviceMessage message, int length) {
        if (length > messageBytes) {
            throw RegistryException.limit("message " + message.clientId() + " of device " + message.device() + " has "
                    + length + " bytes, and the limit is " + messageBytes + "; send a storage object instead");
        }
    }

    void checkKnown(LastKnown known) {
        if (known.attributes().size() > attributes || known.formats().size() > attributes) {
            throw RegistryException.limit("device " + known.device() + " has more than " + attributes
                    + " attributes or formats of " + known.model() + "; the limit is " + attributes);
        }
    }
}

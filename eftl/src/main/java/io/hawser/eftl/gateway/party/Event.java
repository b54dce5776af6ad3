package io.hawser.eftl.gateway.party;

import io.hawser.core.message.Message;
import io.hawser.core.store.durable.StoredMessage;
import org.jspecify.annotations.Nullable;

/**
 * One message for one subscription.
 *
 * @param seq the number it was sent with; 0: it was not sent yet
 * @param storeId its number in its durable; 0: it is live
 * @param deliveryCount how often the durable handed it out; 0: it is live
 * @param message null: it was sent, and is not kept any more because too much is
 */
public record Event(
        long seq, long storeId, int deliveryCount, @Nullable Message message) {
    /** A message that nobody keeps. */
    public static Event live(Message message) {
        return new Event(0, 0, 0, message);
    }

    /** A message out of a durable. */
    public static Event of(StoredMessage stored) {
        return new Event(0, stored.id(), stored.deliveryCount(), stored.message());
    }

    /** The same, sent with {@code number}. */
    public Event numbered(long number) {
        return new Event(number, storeId, deliveryCount, message);
    }

    /** It is known to the store, which can hand it out again. */
    public Event withoutMessage() {
        return new Event(seq, storeId, deliveryCount, null);
    }

    /** It may have been seen, and its client could not tell: a durable's counts one delivery more. */
    public Event recounted() {
        return new Event(0, storeId, storeId == 0 ? 0 : deliveryCount + 1, message);
    }

    /** How many bytes it takes to keep it. */
    public int weight() {
        return message == null ? 0 : message.weight();
    }
}

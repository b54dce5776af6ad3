package io.hawser.eftl.gateway;

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
record EftlEvent(
        long seq, long storeId, int deliveryCount, @Nullable Message message) {
    static EftlEvent live(Message message) {
        return new EftlEvent(0, 0, 0, message);
    }

    static EftlEvent of(StoredMessage stored) {
        return new EftlEvent(0, stored.id(), stored.deliveryCount(), stored.message());
    }

    EftlEvent numbered(long number) {
        return new EftlEvent(number, storeId, deliveryCount, message);
    }

    /** It is known to the store, which can hand it out again. */
    EftlEvent withoutMessage() {
        return new EftlEvent(seq, storeId, deliveryCount, null);
    }

    /** It may have been seen, and its client could not tell: a durable's counts one delivery more. */
    EftlEvent recounted() {
        return new EftlEvent(0, storeId, storeId == 0 ? 0 : deliveryCount + 1, message);
    }

    int weight() {
        return message == null ? 0 : message.weight();
    }
}

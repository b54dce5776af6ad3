package io.hawser.core.store.durable;

import io.hawser.core.message.Message;

/**
 * A message as a durable hands it out.
 *
 * @param id the store id: positive, grows with every append to the store
 * @param deliveryCount 1 at the first delivery, one more each time
 * @param message the message
 */
public record StoredMessage(long id, int deliveryCount, Message message) {}

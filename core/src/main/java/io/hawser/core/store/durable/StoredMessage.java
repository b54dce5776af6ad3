package io.hawser.core.store.durable;

import io.hawser.core.message.Message;

/**
 * A message as a durable hands it out, or shows it.
 *
 * @param id the store id: positive, grows with every append to the store
 * @param deliveryCount 1 at the first delivery, one more each time; 0 in a view, if it was not delivered yet
 * @param message the message
 */
public record StoredMessage(long id, int deliveryCount, Message message) {}

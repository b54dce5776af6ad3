package io.hawser.core.store.ledger;

import io.hawser.core.message.Message;
import java.util.Optional;

/**
 * What a durable knows of a message that it is not done with.
 *
 * @param weight by {@link Message#weight()}
 * @param time when it was appended, milliseconds since the epoch
 * @param deliveries how often it was handed out, as far as that is known
 * @param key its value of the key field, for a last-value durable
 */
public record Entry(int weight, long time, int deliveries, Optional<String> key) {}

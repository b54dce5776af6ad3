package io.hawser.core.session;

import io.hawser.core.match.Captures;
import io.hawser.core.message.Message;

/**
 * One message on its way to one subscription.
 *
 * @param <K> what the gateway knows its subscriptions by
 * @param key the subscription, as its gateway knows it
 * @param message the message, shared with everybody else who gets it
 * @param captures what the subscription's regexp captured; empty without a regexp
 */
public record Delivery<K>(K key, Message message, Captures captures) {}

package io.hawser.core.route;

import io.hawser.core.store.durable.DurableName;

/**
 * A subscription that the store keeps messages for, whether somebody consumes them or not.
 *
 * @param name the durable; a newer subscription of the same name replaces the older
 * @param interest which messages
 */
public record DurableSubscription(DurableName name, Interest interest) implements Subscription {}

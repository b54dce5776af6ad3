package io.hawser.core.route;

import io.hawser.core.store.durable.DurableName;

/**
 * A subscription that the store keeps messages for, whether somebody consumes them or not.
 *
 * @param name the durable; a newer subscription of the same name replaces the older
 * @param interest which messages
 * @param receives whether somebody is to get them: if not, it is not counted among the receivers of a publication
 */
public record DurableSubscription(DurableName name, Interest interest, boolean receives) implements Subscription {
    /** One that somebody is to get the messages of. */
    public DurableSubscription(DurableName name, Interest interest) {
        this(name, interest, true);
    }
}

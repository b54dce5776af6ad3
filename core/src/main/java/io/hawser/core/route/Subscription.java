package io.hawser.core.route;

/** Somebody's standing wish for messages: live, for a party that is there, or durable. */
public sealed interface Subscription permits LiveSubscription, DurableSubscription {
    /** Which messages. */
    Interest interest();
}

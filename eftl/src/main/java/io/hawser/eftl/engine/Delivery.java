package io.hawser.eftl.engine;

import io.hawser.eftl.wire.ServerFrame.Event;

/**
 * An event on its way to the program. Immutable.
 *
 * @param session which of the server's numberings its {@code seq} belongs to; a number of an older one must never be
 *     acknowledged, as it means another event by now
 */
public record Delivery(Event event, ClientSubscription subscription, long session) {
    /** What it costs in memory, about. */
    long bytes() {
        return event.body().json().length;
    }
}

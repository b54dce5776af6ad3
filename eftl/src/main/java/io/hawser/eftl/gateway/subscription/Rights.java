package io.hawser.eftl.gateway.subscription;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Reader;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.eftl.gateway.party.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a durable its client may still hear: rules can change while messages wait. What it may not hear any more is dropped and
 * counted; of a durable that others share it is left to those. Owner: the session's.
 */
final class Rights {
    private final Bus bus;
    private final EftlSubscription subscription;
    private final Reader reader;

    /** Those of {@code principal} at the durable of {@code subscription}, which the conductor was asked for. */
    Rights(Bus bus, Principal principal, EftlSubscription subscription) {
        this.bus = bus;
        this.subscription = subscription;
        this.reader = new Reader(
                principal, subscription.asked().orElseThrow().interest().topic());
    }

    /** What of {@code messages} the client may be told. */
    List<Event> heard(List<StoredMessage> messages) {
        List<Event> heard = new ArrayList<>(messages.size());
        List<Event> denied = new ArrayList<>();
        for (StoredMessage message : messages) {
            boolean allowed =
                    reader.hears(bus.access(), message.message().topic().text());
            (allowed ? heard : denied).add(Event.of(message));
        }
        if (denied.isEmpty()) {
            return heard;
        }
        if (subscription.shared()) {
            subscription.consumeNoMore();
            return List.of();
        }
        bus.counters().add(Counter.REFUSED, denied.size());
        subscription.done(denied);
        return heard;
    }
}

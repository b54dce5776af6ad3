package io.hawser.eftl.gateway.subscription;

import io.hawser.core.count.Departures;
import io.hawser.core.event.EventCode;
import io.hawser.core.route.Bus;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Owner;
import io.hawser.core.session.PartyEvent;
import io.hawser.core.session.Session;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.gateway.party.Event;
import io.hawser.eftl.gateway.party.Output;
import io.hawser.eftl.wire.ClientFrame.AckMode;
import io.hawser.eftl.wire.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events on their way to one client. Owner: the session's.
 *
 * <p>While the client reads slowly or is away, live events wait in the session's outbox; while one subscription cannot
 * take any, its own wait in its {@link Backlog}. Events of durables are handed out by the store as far as the client's
 * window allows, and wait in their subscription.
 */
final class Flow {
    private static final Logger LOG = LoggerFactory.getLogger(Flow.class);

    private final Output output;
    private final Room room;
    private final Session<EftlSubscription> session;
    private final Departures departures;

    Flow(EftlClient client, Output output, Room room, Bus bus, Owner owner) {
        this.output = output;
        this.room = room;
        OutboxLimits limits = new OutboxLimits(
                Math.min(bus.outbox().deliveries(), room.maxWaiting()),
                bus.outbox().bytes());
        this.departures = new Departures(bus.counters().traffic(), EftlMapping.PROTOCOL);
        this.session = new Session<>(
                client.id(),
                client.principal(),
                owner,
                limits,
                bus.counters(),
                this::drain,
                count -> slow(bus, client, count));
    }

    /** On whatever thread messages came. */
    private static void slow(Bus bus, EftlClient client, long dropped) {
        LOG.warn(
                "eftl[{}] reads too slowly: {} messages for it are dropped so far",
                client.id(),
                dropped,
                EventCode.SLOW_CONSUMER);
        bus.journal().note(client.origin(), PartyEvent.SLOW, "messages dropped so far: " + dropped);
    }

    /** What live subscriptions deliver to. */
    Session<EftlSubscription> session() {
        return session;
    }

    Room room() {
        return room;
    }

    /** Everything that can be sent is. */
    void resume(Iterable<EftlSubscription> subscriptions) {
        session.resume();
        subscriptions.forEach(this::pump);
    }

    /** The client is away: what comes waits. */
    void pause() {
        session.pause();
    }

    void end() {
        session.close();
    }

    /** Sends what {@code subscription} keeps, as long as it may. */
    void pump(EftlSubscription subscription) {
        List<Event> forGood = new ArrayList<>();
        while (open(subscription)) {
            Event next = subscription.backlog().next();
            if (next == null) {
                break;
            }
            Event sent = send(subscription, next);
            if (subscription.ack() == AckMode.NONE) {
                forGood.add(sent);
            }
        }
        departures.tell();
        subscription.done(forGood);
    }

    /** Tells the client once that {@code subscription} stands. */
    void confirm(EftlSubscription subscription) {
        if (subscription.tell()) {
            output.send(new ServerFrame.Subscribed(subscription.id(), OptionalLong.empty()));
        }
    }

    private void drain() {
        Delivery<EftlSubscription> next = output.writable() ? session.poll() : null;
        while (next != null) {
            if (!next.key().ended()) {
                next.key().stand();
                confirm(next.key());
                take(next.key(), Event.live(next.message()));
            }
            next = output.writable() ? session.poll() : null;
        }
        departures.tell();
    }

    private void take(EftlSubscription subscription, Event event) {
        if (open(subscription) && subscription.backlog().idle()) {
            send(subscription, event);
        } else {
            for (int dropped = subscription.backlog().hold(event); dropped > 0; dropped--) {
                session.lose();
            }
        }
    }

    /** What is open already may be sent again, however much that is. */
    private boolean open(EftlSubscription subscription) {
        boolean mayOpen =
                subscription.ack() != AckMode.CLIENT || subscription.backlog().replays() || !room.closed();
        return mayOpen && output.writable() && subscription.flows();
    }

    private Event send(EftlSubscription subscription, Event event) {
        Event sent = output.event(subscription.head(), event);
        departures.add(event.weight());
        subscription.backlog().sent(sent);
        return sent;
    }
}

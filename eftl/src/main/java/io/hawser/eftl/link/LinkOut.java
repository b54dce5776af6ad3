package io.hawser.eftl.link;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Departures;
import io.hawser.core.link.Breaker;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Session;
import io.hawser.eftl.engine.ClientEngine;
import io.hawser.eftl.engine.Failure;
import io.hawser.eftl.engine.Operation;
import io.hawser.eftl.gateway.channel.EventTail;
import io.hawser.eftl.gateway.channel.LinkMapping;
import io.hawser.eftl.wire.Body;
import io.hawser.net.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What leaves over one link: the hub's own messages that match, said to the other hub. Owner: the link's loop.
 *
 * <p>So many may be under way; the rest waits in the session's outbox, as for anybody who reads slowly. While the link comes
 * back what waits stays, but not for longer than {@link #end}.
 */
final class LinkOut {
    private static final int MOST_UNDER_WAY = 1_000;
    private static final long MOST_BYTES_UNDER_WAY = 4L << 20;

    private final LinkSettings settings;
    private final Bus bus;
    private final Loop loop;
    private final ClientEngine engine;
    private final Breaker breaker;
    private final Consumer<String> trouble;
    private final Principal principal;
    private final Departures departures;
    private final List<LiveSubscription<TopicPattern>> subscriptions = new ArrayList<>();
    private Session<TopicPattern> session;
    private boolean up;
    private boolean full;
    private int underWay;
    private long bytesUnderWay;
    private long said;
    private long lost;
    private long denied;

    /** Nothing leaves yet; {@code trouble} hears what goes wrong. */
    LinkOut(LinkSettings settings, Bus bus, Loop loop, ClientEngine engine, Breaker breaker, Consumer<String> trouble) {
        this.settings = settings;
        this.bus = bus;
        this.loop = loop;
        this.engine = engine;
        this.breaker = breaker;
        this.trouble = trouble;
        this.principal = new Principal(settings.origin());
        this.departures = new Departures(bus.counters().traffic(), "link");
        this.session = session();
    }

    private Session<TopicPattern> session() {
        return new Session<>(settings.origin(), principal, loop, bus.outbox(), bus.counters(), this::drain);
    }

    /** The link is up, again or for the first time. */
    void begin() {
        up = true;
        if (subscriptions.isEmpty()) {
            settings.topicsOut().forEach(this::subscribe);
        }
        session.resume();
    }

    private void subscribe(TopicPattern topic) {
        Optional<Interest> heard =
                Interest.inTopic(topic, Scope.beyond(settings.origin())).heardBy(principal, bus.access());
        if (heard.isEmpty()) {
            trouble.accept(principal.name() + " may not subscribe to " + topic + ", so nothing of it leaves");
            return;
        }
        LiveSubscription<TopicPattern> subscription = new LiveSubscription<>(heard.get(), session, topic);
        subscriptions.add(subscription);
        bus.conductor().add(subscription);
    }

    /** The link is lost, and may come back soon. */
    void pause() {
        up = false;
        session.pause();
    }

    /** The link is down: what waits is lost, and nothing more is kept for it. */
    void end() {
        up = false;
        subscriptions.forEach(bus.conductor()::remove);
        subscriptions.clear();
        lost += session.waiting() + session.dropped();
        session.close();
        session = session();
    }

    private void drain() {
        Message before = null;
        while (up) {
            full = underWay >= MOST_UNDER_WAY || bytesUnderWay >= MOST_BYTES_UNDER_WAY;
            @Nullable Delivery<TopicPattern> next = full ? null : session.poll();
            if (next == null) {
                break;
            }
            // of topics that overlap
            if (next.message() != before && breaker.passes(next.message())) {
                send(next.message());
            }
            before = next.message();
        }
        departures.tell();
    }

    private void send(Message message) {
        Body body = EventTail.body(message);
        underWay++;
        bytesUnderWay += body.json().length;
        departures.add(body.json().length);
        engine.ask(
                Operation.publish(body, LinkMapping.origin(message, bus.linkage()), new Outcome(body.json().length)));
    }

    /** What becomes of one message. */
    private final class Outcome implements Operation.Outcome {
        private final int bytes;

        Outcome(int bytes) {
            this.bytes = bytes;
        }

        @Override
        public void done(Optional<Body> body, long receivers) {
            said++;
            settled(bytes);
        }

        @Override
        public void failed(Failure why) {
            if (why.kind() == Failure.Kind.CLOSED) {
                lost++;
            } else if (Long.bitCount(++denied) == 1) {
                trouble.accept(denied + " not taken by the other hub so far: " + why.reason());
            }
            settled(bytes);
        }
    }

    private void settled(int bytes) {
        underWay--;
        bytesUnderWay -= bytes;
        if (full) {
            full = false;
            loop.execute(() -> session.resume());
        }
    }

    long said() {
        return said;
    }

    int waiting() {
        return session.waiting() + underWay;
    }

    long dropped() {
        return lost + session.dropped();
    }

    long denied() {
        return denied;
    }

    Breaker breaker() {
        return breaker;
    }
}

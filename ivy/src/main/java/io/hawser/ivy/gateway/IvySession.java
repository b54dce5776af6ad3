package io.hawser.ivy.gateway;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Departures;
import io.hawser.core.event.EventCode;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.core.match.RegexpLimits;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Receipt;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Session;
import io.hawser.ivy.engine.IvyPeer;
import io.hawser.ivy.wire.IvyLimits;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Ivy agent of the domain, as the bus sees it: its subscriptions are interests, and so is its topic for direct
 * messages, so that whoever publishes there learns whether anybody was there. What matches waits here until it can be
 * sent. Owner: the mesh's loop.
 */
final class IvySession {
    private static final Logger LOG = LoggerFactory.getLogger(IvySession.class);
    private static final RegexpLimits LIMITS =
            RegexpLimits.DEFAULT.withMaxPatternChars(IvyLimits.DEFAULT.maxRegexpChars());

    private final Domain domain;
    private final Bus bus;
    private final IvyPeer peer;
    private final Instant since;
    private final Session<Wish> session;
    private final Departures departures;
    private final Map<Integer, LiveSubscription<Wish>> subscriptions = new HashMap<>();
    /** Its topic for direct messages; empty if the rules let it hear none. */
    private final Optional<LiveSubscription<Wish>> directs;

    private final Askers askers = new Askers();
    private final Predicate<String> isHere;
    private final Seldom refusals = new Seldom();
    private final Seldom unsayable = new Seldom();
    /** Which hub the agent is, if it is one. */
    private Optional<String> hub = Optional.empty();

    private long circling;

    /** What the agent subscribed under {@code id}, or, without one, what is said to it alone. The same id may come again. */
    private static final class Wish {
        final OptionalInt id;
        boolean withdrawn;

        Wish(OptionalInt id) {
            this.id = id;
        }
    }

    /**
     * A session without subscriptions, for an agent that has joined at {@code since}.
     *
     * @param isHere whether a hub is an agent of the domain too
     */
    IvySession(Domain domain, IvyPeer peer, Instant since, Predicate<String> isHere) {
        this.isHere = isHere;
        this.domain = domain;
        this.bus = domain.bus();
        this.peer = peer;
        this.since = since;
        this.departures = new Departures(bus.counters().traffic(), IvyMapping.PROTOCOL);
        this.session = new Session<>(
                domain.mapping().agent(peer.name()).text(),
                domain.principal(),
                domain.loop(),
                bus.outbox(),
                bus.counters(),
                this::drain,
                dropped -> LOG.warn(
                        "ivy[{}] {} reads too slowly: {} messages for it are dropped so far",
                        domain,
                        peer,
                        dropped,
                        EventCode.SLOW_CONSUMER));
        this.directs = Interest.inTopic(domain.mapping().directs(peer.name()), domain.outside())
                .heardBy(domain.principal(), bus.access())
                .map(heard -> new LiveSubscription<>(heard, session, new Wish(OptionalInt.empty())));
        directs.ifPresent(bus.conductor()::add);
    }

    /** The agent's own name. */
    String name() {
        return peer.name();
    }

    /** The id of the hub that it is; empty: it is an agent like others. */
    Optional<String> hub() {
        return hub;
    }

    /** How many messages of other hubs did not go to it. */
    long circling() {
        return circling;
    }

    /** The agent wants texts that match; a regexp that is none is answered with an Error and never matches. */
    void subscribe(int id, String regexp) {
        Optional<String> mark = HubMark.hub(regexp);
        if (mark.isPresent()) {
            hub = mark;
            LOG.info("ivy[{}] {} is the hub {}", domain, peer, mark.get());
            return;
        }
        try {
            Regexp compiled = Regexp.compile(regexp, LIMITS, this::report);
            Scope scope = domain.outside().aside(IvyMapping.DIRECT);
            Interest wanted = domain.settings().everything()
                    ? Interest.inEverything(compiled, scope)
                    : Interest.inText(compiled, scope);
            Interest interest =
                    wanted.heardBy(session.principal(), bus.access()).orElse(null);
            if (interest == null) {
                peer.error(id, session.principal().name() + " may not hear anything of the bus");
                return;
            }
            LiveSubscription<Wish> subscription =
                    new LiveSubscription<>(interest, session, new Wish(OptionalInt.of(id)));
            subscriptions.put(id, subscription);
            bus.welcome(subscription);
        } catch (RegexpException invalid) {
            bus.counters().add(Counter.MALFORMED);
            String why = String.valueOf(invalid.getMessage());
            if (refusals.now()) {
                LOG.warn("ivy[{}] {} regexps refused so far {}: {}", domain, peer, refusals.times(), why);
            }
            peer.error(invalid.offset(), why);
        }
    }

    /** The agent no longer wants what it subscribed under {@code id}. */
    void unsubscribe(int id) {
        LiveSubscription<Wish> subscription = subscriptions.remove(id);
        if (subscription != null) {
            subscription.key().withdrawn = true;
            bus.conductor().remove(subscription);
        }
    }

    /** The agent reads on. */
    void writable() {
        session.resume();
    }

    /** How it is now. */
    AgentStatus status() {
        return new AgentStatus(
                domain.settings().name(),
                peer.name(),
                peer.address(),
                since,
                subscriptions.size(),
                session.waiting(),
                session.queue(),
                session.dropped(),
                unsayable.times(),
                peer.unsent());
    }

    private void drain() {
        Delivery<Wish> next = peer.writable() ? session.poll() : null;
        while (next != null) {
            if (!next.key().withdrawn) {
                say(next);
            }
            next = peer.writable() ? session.poll() : null;
        }
        departures.tell();
    }

    private void say(Delivery<Wish> delivery) {
        Wish wish = delivery.key();
        Message message = delivery.message();
        if (circles(message)) {
            circling++;
        } else if (wish.id.isPresent() ? peer.send(wish.id.getAsInt(), delivery.captures()) : direct(message)) {
            departures.add(message.weight());
        } else {
            lost(message);
        }
    }

    /**
     * True if {@code message} came from another hub and is known here: it came out of a domain, where it goes round as Ivy has
     * nowhere to say by which hubs it came; or its hub is here, and says it itself.
     */
    private boolean circles(Message message) {
        return message.headers()
                .passage()
                .filter(came -> came.number().isEmpty() || isHere.test(came.hub()))
                .isPresent();
    }

    /** False if Ivy cannot say it. */
    private boolean direct(Message message) {
        OptionalInt number = IvyMapping.number(message.topic());
        Optional<String> text = domain.settings().everything() ? Optional.of(message.spoken()) : message.text();
        if (number.isEmpty() || text.isEmpty()) {
            return false;
        }
        try {
            peer.direct(number.getAsInt(), text.get());
            message.headers().replyTo().ifPresent(asker -> {
                if (!askers.add(number.getAsInt(), asker, bus.clock().millis())) {
                    tell(asker, Ending.REFUSED, "too many wait for an answer of " + peer.name() + " already");
                }
            });
            return true;
        } catch (IllegalArgumentException unsayableText) {
            return false;
        }
    }

    /** The agent said {@code text} to the hub, under {@code number}: an answer, if somebody asked under the same. */
    void said(int number, String text) {
        askers.next(number, bus.clock().millis()).ifPresent(asker -> tell(asker, Ending.DONE, text));
    }

    private void tell(ReplyTo asker, Ending ending, String text) {
        Message answer = domain.mapping()
                .answer(peer.name(), asker, ending, text, bus.clock().millis());
        Receipt receipt = bus.router().publish(domain.principal(), answer);
        if (receipt instanceof Receipt.Refused refused) {
            LOG.debug("ivy[{}] {} answers nobody: {}", domain, peer, refused.reason());
        }
    }

    private void lost(Message message) {
        message.headers()
                .replyTo()
                .ifPresent(asker -> tell(
                        asker, Ending.REFUSED, "a direct message needs a number in its topic, and a text in one line"));
        bus.counters().add(Counter.DROPPED_UNSAYABLE);
        if (unsayable.now()) {
            LOG.warn(
                    "ivy[{}] {} did not get {} so far, which Ivy cannot say: the last on {}",
                    domain,
                    peer,
                    unsayable.times(),
                    message.topic(),
                    EventCode.UNSAYABLE);
        }
    }

    /** Takes the agent off the bus. */
    void end() {
        directs.ifPresent(bus.conductor()::remove);
        subscriptions.values().forEach(bus.conductor()::remove);
        subscriptions.clear();
        session.close();
        askers.end().forEach(asker -> tell(asker, Ending.ABSENT, peer.name() + " has left"));
    }

    /** Runs on whatever thread was matching. */
    private void report(Regexp regexp) {
        LOG.warn(
                "ivy[{}] {} costly regexp, now run by {}: {}",
                domain,
                peer,
                regexp.engine(),
                regexp,
                EventCode.COSTLY_REGEXP);
    }
}

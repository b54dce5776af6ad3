package io.hawser.ivy.gateway;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.core.match.RegexpLimits;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Session;
import io.hawser.ivy.engine.IvyPeer;
import io.hawser.net.Loop;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Ivy agent of the domain, as the bus sees it: its subscriptions are interests, and what matches them waits here until
 * it can be sent. Owner: the mesh's loop.
 */
final class IvySession {
    private static final Logger LOG = LoggerFactory.getLogger(IvySession.class);

    private final Bus bus;
    private final IvyPeer peer;
    private final Scope scope;
    private final RegexpLimits limits;
    private final Session<Wish> session;
    private final Map<Integer, LiveSubscription<Wish>> subscriptions = new HashMap<>();

    private long refused;

    /** What the agent subscribed under {@code id}. The same id may come again for another wish. */
    private static final class Wish {
        final int id;
        boolean withdrawn;

        Wish(int id) {
            this.id = id;
        }
    }

    /** A session without subscriptions. */
    IvySession(Bus bus, Loop loop, Principal principal, IvyPeer peer, Scope scope, int maxRegexpChars) {
        this.bus = bus;
        this.peer = peer;
        this.scope = scope;
        this.limits = RegexpLimits.DEFAULT.withMaxPatternChars(maxRegexpChars);
        this.session = new Session<>(peer.name(), principal, loop, bus.outbox(), bus.counters(), this::drain);
    }

    /** The agent wants texts that match; a regexp that is none is answered with an Error and never matches. */
    void subscribe(int id, String regexp) {
        try {
            Interest wanted = Interest.inText(Regexp.compile(regexp, limits, this::report), scope);
            Interest interest =
                    wanted.heardBy(session.principal(), bus.access()).orElse(null);
            if (interest == null) {
                peer.error(id, session.principal().name() + " may not hear anything of the bus");
                return;
            }
            LiveSubscription<Wish> subscription = new LiveSubscription<>(interest, session, new Wish(id));
            subscriptions.put(id, subscription);
            bus.conductor().add(subscription);
        } catch (RegexpException invalid) {
            bus.counters().add(Counter.MALFORMED);
            if (Long.bitCount(++refused) == 1) {
                LOG.warn("ivy[{}] regexp {} refused: {}", peer, refused, invalid.getMessage());
            }
            peer.error(invalid.offset(), String.valueOf(invalid.getMessage()));
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

    private void drain() {
        while (peer.writable()) {
            Delivery<Wish> next = session.poll();
            if (next == null) {
                return;
            }
            if (!next.key().withdrawn && !peer.send(next.key().id, next.captures())) {
                bus.counters().add(Counter.DROPPED_UNSAYABLE);
            }
        }
    }

    /** Takes the agent off the bus. */
    void end() {
        subscriptions.values().forEach(bus.conductor()::remove);
        subscriptions.clear();
        session.close();
    }

    /** Runs on whatever thread was matching. */
    private void report(Regexp regexp) {
        LOG.warn("ivy[{}] costly regexp, now run by {}: {}", peer, regexp.engine(), regexp);
    }
}

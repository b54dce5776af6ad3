package io.hawser.core.route;

import io.hawser.core.match.Captures;
import io.hawser.core.message.Message;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Session;
import java.util.Optional;

/**
 * A subscription of a party that is there. Each is itself alone: two with equal contents are two.
 *
 * @param <K> what the gateway knows its subscriptions by
 */
public final class LiveSubscription<K> implements Subscription {
    private final Interest interest;
    private final Session<K> session;
    private final K key;
    private final Optional<Group> group;

    /**
     * A subscription, not yet known to the conductor.
     *
     * @param key comes back with every delivery
     */
    public LiveSubscription(Interest interest, Session<K> session, K key) {
        this(interest, session, key, Optional.empty());
    }

    /**
     * A subscription, not yet known to the conductor.
     *
     * @param key comes back with every delivery
     * @param group with whom it shares its messages; empty: it gets each that it wants
     */
    public LiveSubscription(Interest interest, Session<K> session, K key, Optional<Group> group) {
        this.interest = interest;
        this.session = session;
        this.key = key;
        this.group = group;
    }

    @Override
    public Interest interest() {
        return interest;
    }

    /** What the gateway knows it by. */
    public K key() {
        return key;
    }

    /** Whose it is. */
    public Session<K> session() {
        return session;
    }

    /** With whom it shares its messages. */
    public Optional<Group> group() {
        return group;
    }

    /** Returns true if the hub lags behind for this party. */
    boolean deliver(Message message, Captures captures) {
        return session.offer(new Delivery<>(key, message, captures));
    }
}

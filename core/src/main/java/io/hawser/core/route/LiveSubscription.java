package io.hawser.core.route;

import io.hawser.core.access.Access;
import io.hawser.core.match.Captures;
import io.hawser.core.message.Message;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Session;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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
    /** The topics of what it has heard while it is not known what it missed; null once that is known. */
    private volatile @Nullable Set<String> heard;

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

    /** Before the conductor takes it: it will be offered what is retained. */
    void asNewcomer() {
        heard = ConcurrentHashMap.newKeySet();
    }

    /** Offers it the last message of a topic, unless it has heard another since it is known to the conductor. */
    void catchUp(Message message, Access access) {
        Set<String> since = heard;
        if (since != null && !since.contains(message.topic().text()) && interest.takes(message, access)) {
            Captures captures = interest.capture(message);
            session.offer(new Delivery<>(key, message, captures == null ? Captures.EMPTY : captures));
        }
    }

    /** It has been offered all that is retained. */
    void caughtUp() {
        heard = null;
    }

    /** Returns true if the hub lags behind for this party. */
    boolean deliver(Message message, Captures captures) {
        Set<String> since = heard;
        if (since != null) {
            since.add(message.topic().text());
        }
        return session.offer(new Delivery<>(key, message, captures));
    }
}

package io.hawser.eftl.gateway;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.event.EventCode;
import io.hawser.eftl.gateway.channel.EftlChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one channel that have lost their connection, in the order in which they did. What they keep takes memory:
 * when there are too many, whoever has been away longest is forgotten. Callable from any thread.
 */
final class Away {
    private static final Logger LOG = LoggerFactory.getLogger(Away.class);

    private final EftlChannel channel;
    private final Counters counters;
    private final ConcurrentSkipListMap<Long, EftlSession> sessions = new ConcurrentSkipListMap<>();
    private final AtomicLong lastPlace = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();

    Away(EftlChannel channel, Counters counters) {
        this.channel = channel;
        this.counters = counters;
    }

    /** {@code session} is away. Returns its place, never 0. */
    long add(EftlSession session) {
        long place = lastPlace.incrementAndGet();
        sessions.put(place, session);
        while (sessions.size() > channel.limits().maxAway()) {
            Map.Entry<Long, EftlSession> longest = sessions.pollFirstEntry();
            if (longest != null) {
                forget(longest.getValue());
            }
        }
        return place;
    }

    private void forget(EftlSession session) {
        counters.add(Counter.SESSIONS_FORGOTTEN);
        if (told.compareAndSet(false, true)) {
            LOG.warn(
                    "eftl[{}] more than {} clients are away: those that left first are forgotten; raise max-away to keep more",
                    channel.name(),
                    channel.limits().maxAway(),
                    EventCode.PARTY_LOST);
        }
        session.forget();
    }

    /** Whoever has {@code place} is back, or has ended. */
    void remove(long place) {
        sessions.remove(place);
    }
}

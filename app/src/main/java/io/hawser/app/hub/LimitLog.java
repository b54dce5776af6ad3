package io.hawser.app.hub;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.count.Limit;
import io.hawser.core.event.EventCode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that limits were reached: a line a limit and round at most, however often it was. Owner: the thread that runs it,
 * again and again.
 */
final class LimitLog implements Runnable {
    /** How long a round is. */
    static final int SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(LimitLog.class);

    /** Counters of what limits do that have no {@link Limit} of their own. */
    private static final Set<Counter> OF_LIMITS = EnumSet.of(
            Counter.DEVICES_SLOWED,
            Counter.DROPPED_FULL_DURABLE,
            Counter.EXPIRED,
            Counter.FILES_REFUSED,
            Counter.NOT_RETAINED,
            Counter.POLLS_REFUSED,
            Counter.REGISTRY_FULL,
            Counter.TURNED_BACK);

    private final Counters counters;
    /** How often each was reached at the end of the last round. */
    private final Map<Object, Long> told = new HashMap<>();

    LimitLog(Counters counters) {
        this.counters = counters;
    }

    @Override
    public void run() {
        for (Limit limit : counters.limits()) {
            tell(limit, "limit " + limit.name() + " was reached", limit.times());
        }
        for (Counter counter : OF_LIMITS) {
            tell(counter, counter.meaning(), counters.get(counter));
        }
    }

    private void tell(Object what, String text, long times) {
        long more = times - told.getOrDefault(what, 0L);
        if (more > 0) {
            told.put(what, times);
            LOG.warn("{}: {} times in the last {} s, see docs/limits.md", text, more, SECONDS, EventCode.LIMIT_REACHED);
        }
    }
}

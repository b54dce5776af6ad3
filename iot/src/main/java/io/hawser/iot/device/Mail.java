package io.hawser.iot.device;

import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.Waits;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Requests that came with one call, taken one by one; more are asked for when there is none. One taker at a time. */
final class Mail {
    /** What the original counts for a message beside its bytes ({@code specs/iot.md} 1.7). */
    private static final int BESIDE = 2;

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final HttpsLink link;
    private final Waits waits;
    private final int buffer;
    private final IotCodec codec = new IotCodec(IotLimits.DEFAULT);
    private final Deque<IotMessage.Request> come = new ArrayDeque<>();

    Mail(HttpsLink link, Waits waits, int buffer) {
        this.link = link;
        this.waits = waits;
        this.buffer = buffer;
    }

    /** The next request; waits for one {@code limit} if that is positive, for ever if it is negative. */
    synchronized Optional<IotMessage.Request> next(Duration limit) throws LinkException {
        boolean more = true;
        while (come.isEmpty() && more) {
            come.addAll(asked(limit));
            more = limit.isNegative();
        }
        return Optional.ofNullable(come.poll());
    }

    /** The next of those that have come; nobody is asked for more. */
    synchronized Optional<IotMessage.Request> next() {
        return Optional.ofNullable(come.poll());
    }

    /** A wait of less than a second cannot be told to the server: it would answer somebody who has gone. */
    private List<IotMessage.Request> asked(Duration limit) throws LinkException {
        int free = buffer - used() - BESIDE;
        if (limit.isNegative()) {
            return waits.on(link.poll(free, true));
        }
        return limit.compareTo(SHORTEST_WAIT) < 0 ? waits.on(link.poll(free, false)) : waits.on(link.poll(free, limit));
    }

    private int used() {
        return come.stream().mapToInt(each -> codec.write(each).length + BESIDE).sum();
    }
}

package io.hawser.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.Captures;
import io.hawser.core.message.TestMessages;
import io.hawser.core.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final ManualClock loop = new ManualClock();
    private final Counters counters = new Counters();
    private final List<Long> taken = new ArrayList<>();
    private int drains;
    private boolean writable = true;
    private Session<Long> session = session(new OutboxLimits(3, 10_000));

    @Test
    void manyOffersAreTakenInOneDrainInOrder() {
        offer(1, 2, 3);
        loop.run();
        assertThat(taken).containsExactly(1L, 2L, 3L);
        assertThat(drains).isEqualTo(1);
        offer(4);
        loop.run();
        assertThat(taken).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void dropsTheOldestPastTheCountAndCountsThem() {
        offer(1, 2, 3, 4, 5);
        loop.run();
        assertThat(taken).containsExactly(3L, 4L, 5L);
        assertThat(session.dropped()).isEqualTo(2);
        assertThat(counters.get(Counter.DROPPED_SLOW_CONSUMER)).isEqualTo(2);
    }

    @Test
    void keepsExactlyAsManyAsTheLimit() {
        offer(1, 2, 3);
        assertThat(session.dropped()).isZero();
        assertThat(session.waiting()).isEqualTo(3);
    }

    @Test
    void dropsTheOldestPastTheBytes() {
        session = session(new OutboxLimits(100, 250));
        offer(1, 2);
        assertThat(session.dropped()).isZero();
        offer(3);
        loop.run();
        assertThat(taken).containsExactly(2L, 3L);
    }

    @Test
    void oneMessageAlwaysFits() {
        session = session(new OutboxLimits(100, 1));
        offer(1);
        loop.run();
        assertThat(taken).containsExactly(1L);
    }

    @Test
    void whatIsNotTakenWaitsForTheOwner() {
        writable = false;
        offer(1);
        loop.run();
        assertThat(taken).isEmpty();
        writable = true;
        session.resume();
        assertThat(taken).containsExactly(1L);
    }

    @Test
    void saysThatTheHubLagsWhenMuchWaitsForAPartyThatReads() {
        session = session(new OutboxLimits(4, 10_000));
        assertThat(offer(1, 2)).isFalse();
        assertThat(offer(3)).isTrue();
        loop.run();
        assertThat(offer(4)).isFalse();
    }

    @Test
    void aPartyThatReadsSlowlyIsNobodyElsesMatter() {
        session = session(new OutboxLimits(4, 10_000));
        writable = false;
        offer(1);
        loop.run();
        assertThat(offer(2, 3, 4, 5)).isFalse();
        assertThat(session.dropped()).isEqualTo(1);
        writable = true;
        session.resume();
        assertThat(taken).containsExactly(2L, 3L, 4L, 5L);
        assertThat(offer(6, 7, 8)).isTrue();
    }

    @Test
    void aClosedSessionTakesNothing() {
        offer(1);
        session.close();
        offer(2);
        loop.run();
        assertThat(taken).isEmpty();
        assertThat(session.waiting()).isZero();
    }

    private Session<Long> session(OutboxLimits limits) {
        return new Session<>("s", new Principal("p"), loop, limits, counters, this::drain);
    }

    private boolean offer(long... keys) {
        boolean lagging = false;
        for (long key : keys) {
            lagging = session.offer(new Delivery<>(key, TestMessages.numbered(key), Captures.EMPTY));
        }
        return lagging;
    }

    private void drain() {
        drains++;
        while (writable) {
            Delivery<Long> next = session.poll();
            if (next == null) {
                return;
            }
            taken.add(next.key());
        }
    }
}

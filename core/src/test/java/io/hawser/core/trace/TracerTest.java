package io.hawser.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Counters;
import io.hawser.core.match.Captures;
import io.hawser.core.message.TestMessages;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Session;
import io.hawser.core.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TracerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final Tracer tracer = counters.tracer();

    private Trace begin() {
        return tracer.begin(MINUTE, message -> true, party -> false, clock).orElseThrow();
    }

    @Test
    void keepsTheNewestEventsAndTheirNumbersTellHowManyAreMissing() {
        Trace trace = begin();
        for (int i = 0; i < Trace.EVENTS; i++) {
            tracer.note(TraceStep.ARRIVED, TestMessages.numbered(i), "", "");
        }
        assertThat(trace.after(0)).hasSize(Trace.EVENTS).first().returns(1L, TraceEvent::number);
        tracer.note(TraceStep.ARRIVED, TestMessages.numbered(7), "", "");
        assertThat(trace.after(0)).hasSize(Trace.EVENTS).first().returns(2L, TraceEvent::number);
        assertThat(trace.after(Trace.EVENTS)).hasSize(1);
    }

    @Test
    void endsByItselfAndThenNobodyTraces() {
        Trace trace = begin();
        assertThat(tracer.on()).isTrue();
        clock.advance(MINUTE);
        tracer.note(TraceStep.ARRIVED, TestMessages.numbered(1), "", "");
        assertThat(trace.after(0)).isEmpty();
        assertThat(tracer.going(clock)).isEmpty();
        assertThat(tracer.on()).isFalse();
    }

    @Test
    void thereAreFewAtATimeAndNoneForLong() {
        Trace first = begin();
        for (int i = 1; i < Tracer.MOST; i++) {
            begin();
        }
        assertThat(tracer.begin(MINUTE, message -> true, party -> false, clock)).isEmpty();
        tracer.end(first);
        assertThat(tracer.going(clock)).hasSize(Tracer.MOST - 1).doesNotContain(first);
        assertThat(tracer.begin(Tracer.LONGEST, message -> true, party -> false, clock))
                .isPresent();
        assertThatThrownBy(() -> tracer.begin(Tracer.LONGEST.plusMillis(1), message -> true, party -> false, clock))
                .hasMessage("a trace goes on for 1 s to 3600 s");
        assertThatThrownBy(() -> tracer.begin(Duration.ZERO, message -> true, party -> false, clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatASlowPartyLosesAndWhatLeavesForItIsToldUnderItsName() {
        Trace trace =
                tracer.begin(MINUTE, message -> false, "slow"::equals, clock).orElseThrow();
        Session<Integer> slow =
                new Session<>("slow", new Principal("p"), clock, new OutboxLimits(1, 10_000), counters, () -> {});
        slow.offer(new Delivery<>(1, TestMessages.numbered(1), Captures.EMPTY));
        slow.offer(new Delivery<>(1, TestMessages.numbered(2), Captures.EMPTY));
        assertThat(slow.poll()).isNotNull();
        assertThat(trace.after(0)).extracting(TraceEvent::step).containsExactly(TraceStep.DROPPED, TraceStep.DELIVERED);
        assertThat(trace.after(0)).extracting(TraceEvent::to).containsOnly("slow");
    }
}

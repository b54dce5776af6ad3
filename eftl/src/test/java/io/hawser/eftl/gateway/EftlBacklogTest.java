package io.hawser.eftl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.eftl.wire.ClientFrame.AckMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of a subscription's events when too much would be. */
class EftlBacklogTest {
    private static final Message MESSAGE = Message.builder(
                    new Topic("t"), new Headers(new Source("test", "t", "t"), 0, Optional.empty()))
            .weight(100)
            .fields(Fields.EMPTY);

    private final EftlRoom room = new EftlRoom(5, 350, 2);

    private static List<Long> next(EftlBacklog backlog) {
        List<Long> seqs = new ArrayList<>();
        for (EftlEvent event = backlog.next(); event != null; event = backlog.next()) {
            seqs.add(event.seq());
        }
        return seqs;
    }

    @Test
    void ofLiveEventsTheOldestSentAreForgotten() {
        EftlBacklog live = new EftlBacklog(room, AckMode.AUTO, false);
        for (long seq = 1; seq <= 6; seq++) {
            live.sent(EftlEvent.live(MESSAGE).numbered(seq));
        }
        live.replay();
        assertThat(live.gaps()).isFalse();
        assertThat(next(live)).containsExactly(4L, 5L, 6L);
    }

    @Test
    void aDurablesMessagesAreForgottenAndItsEventsAreNot() {
        EftlBacklog durable = new EftlBacklog(room, AckMode.AUTO, true);
        for (long id = 1; id <= 6; id++) {
            durable.sent(new EftlEvent(id, id + 10, 1, MESSAGE));
        }
        assertThat(durable.gaps()).isTrue();
        assertThat(durable.acknowledgeUpTo(6))
                .extracting(EftlEvent::storeId)
                .containsExactly(11L, 12L, 13L, 14L, 15L, 16L);
        assertThat(durable.gaps()).isFalse();
    }

    @Test
    void whatWaitsIsBoundedByCountAndBytesOverAllSubscriptions() {
        EftlBacklog one = new EftlBacklog(room, AckMode.NONE, false);
        EftlBacklog other = new EftlBacklog(room, AckMode.NONE, false);
        assertThat(one.hold(EftlEvent.live(MESSAGE))).isZero();
        assertThat(one.hold(EftlEvent.live(MESSAGE))).isZero();
        assertThat(other.hold(EftlEvent.live(MESSAGE))).isZero();
        assertThat(one.hold(EftlEvent.live(MESSAGE))).isEqualTo(1);
        one.clear();
        assertThat(other.hold(EftlEvent.live(MESSAGE))).isZero();
    }

    @Test
    void onlyWhatIsAcknowledgedByHandFillsTheWindow() {
        EftlBacklog byHand = new EftlBacklog(room, AckMode.CLIENT, false);
        EftlBacklog auto = new EftlBacklog(room, AckMode.AUTO, false);
        auto.sent(EftlEvent.live(MESSAGE).numbered(1));
        byHand.sent(EftlEvent.live(MESSAGE).numbered(2));
        assertThat(room.closed()).isFalse();
        byHand.sent(EftlEvent.live(MESSAGE).numbered(3));
        assertThat(room.closed()).isTrue();
        byHand.replay();
        assertThat(room.closed()).isTrue();
        assertThat(byHand.acknowledge(2)).hasSize(1);
        assertThat(byHand.acknowledge(2)).isEmpty();
        assertThat(room.closed()).isFalse();
        byHand.clear();
        assertThat(next(byHand)).isEmpty();
    }
}

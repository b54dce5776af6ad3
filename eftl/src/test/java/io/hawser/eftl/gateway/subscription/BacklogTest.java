package io.hawser.eftl.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.eftl.gateway.party.Event;
import io.hawser.eftl.wire.ClientFrame.AckMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of a subscription's events when too much would be. */
class BacklogTest {
    private static final Message MESSAGE = Message.builder(
                    new Topic("t"), new Headers(new Source("test", "t", "t"), 0, Optional.empty()))
            .weight(100)
            .fields(Fields.EMPTY);

    private final Room room = new Room(5, 350, 2);

    private static List<Long> next(Backlog backlog) {
        List<Long> seqs = new ArrayList<>();
        for (Event event = backlog.next(); event != null; event = backlog.next()) {
            seqs.add(event.seq());
        }
        return seqs;
    }

    @Test
    void ofLiveEventsTheOldestSentAreForgotten() {
        Backlog live = new Backlog(room, AckMode.AUTO, false);
        for (long seq = 1; seq <= 6; seq++) {
            live.sent(Event.live(MESSAGE).numbered(seq));
        }
        live.replay();
        assertThat(live.gaps()).isFalse();
        assertThat(next(live)).containsExactly(4L, 5L, 6L);
    }

    @Test
    void aDurablesMessagesAreForgottenAndItsEventsAreNot() {
        Backlog durable = new Backlog(room, AckMode.AUTO, true);
        for (long id = 1; id <= 6; id++) {
            durable.sent(new Event(id, id + 10, 1, MESSAGE));
        }
        assertThat(durable.gaps()).isTrue();
        assertThat(durable.acknowledgeUpTo(6)).extracting(Event::storeId).containsExactly(11L, 12L, 13L, 14L, 15L, 16L);
        assertThat(durable.gaps()).isFalse();
    }

    @Test
    void whatWaitsIsBoundedByCountAndBytesOverAllSubscriptions() {
        Backlog one = new Backlog(room, AckMode.NONE, false);
        Backlog other = new Backlog(room, AckMode.NONE, false);
        assertThat(one.hold(Event.live(MESSAGE))).isZero();
        assertThat(one.hold(Event.live(MESSAGE))).isZero();
        assertThat(other.hold(Event.live(MESSAGE))).isZero();
        assertThat(one.hold(Event.live(MESSAGE))).isEqualTo(1);
        one.clear();
        assertThat(other.hold(Event.live(MESSAGE))).isZero();
    }

    @Test
    void onlyWhatIsAcknowledgedByHandFillsTheWindow() {
        Backlog byHand = new Backlog(room, AckMode.CLIENT, false);
        Backlog auto = new Backlog(room, AckMode.AUTO, false);
        auto.sent(Event.live(MESSAGE).numbered(1));
        byHand.sent(Event.live(MESSAGE).numbered(2));
        assertThat(room.closed()).isFalse();
        byHand.sent(Event.live(MESSAGE).numbered(3));
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

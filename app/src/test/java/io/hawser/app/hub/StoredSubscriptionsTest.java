package io.hawser.app.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.store.durable.DurableListener.Loss;
import io.hawser.core.store.durable.DurableName;
import io.hawser.eftl.gateway.kept.ChannelHistory;
import org.junit.jupiter.api.Test;

class StoredSubscriptionsTest {
    private final Counters counters = new Counters();
    private final StoredSubscriptions stored = new StoredSubscriptions(counters);

    @Test
    void whatADurableLosesIsCountedAndWhatAHistoryMakesRoomForIsNot() {
        stored.lost(ChannelHistory.name("channel"), 1, Loss.FULL);
        stored.lost(ChannelHistory.name("channel"), 2, Loss.EXPIRED);
        stored.lost(ChannelHistory.name("channel"), 3, Loss.DAMAGED);
        assertThat(counters.get(Counter.DROPPED_FULL_DURABLE)).isZero();
        assertThat(counters.get(Counter.EXPIRED)).isZero();
        assertThat(counters.get(Counter.DAMAGED)).isEqualTo(1);
        stored.lost(new DurableName("eftl/channel/a", "d"), 4, Loss.FULL);
        stored.lost(new DurableName("eftl/channel/a", "d"), 5, Loss.EXPIRED);
        assertThat(counters.get(Counter.DROPPED_FULL_DURABLE)).isEqualTo(1);
        assertThat(counters.get(Counter.EXPIRED)).isEqualTo(1);
    }
}

package io.hawser.core.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.TestMessages;
import io.hawser.core.value.Fields;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets what, and how often. */
public abstract class DeliveryContract extends DurablesStage {
    private static final DurableSettings IMPATIENT = SMALL.withRedelivery(Duration.ofSeconds(10), 0);

    private void fill(DurableSettings settings, int messages) {
        define(ONE, settings);
        for (int n = 1; n <= messages; n++) {
            append(n, ONE);
        }
        settle();
    }

    @Test
    void acknowledgesUpToAnId() {
        fill(SMALL, 4);
        Ear ear = new Ear(ONE, 9);
        ear.consumer.acknowledgeUpTo(ear.ids.get(2));
        ear.consumer.close();
        assertThat(new Ear(ONE, 9).heard()).containsExactly("4x2");
        assertThat(info(ONE).bytes()).isEqualTo(100);
    }

    @Test
    void aRejectedMessageGoesOutAgainCounted() {
        fill(SMALL, 2);
        Ear ear = new Ear(ONE, 3);
        assertThat(ear.heard()).containsExactly("1x1", "2x1");
        ear.consumer.reject(List.of(ear.ids.get(0), 4711L));
        assertThat(ear.heard()).containsExactly("1x2");
        assertThat(info(ONE).redelivered()).isEqualTo(1);
    }

    @Test
    void aRejectedMessageOfASharedDurableGoesToSomebodyElse() {
        fill(SMALL.shared(), 1);
        Ear first = new Ear(ONE, 9);
        Ear second = new Ear(ONE, 9);
        assertThat(first.heard()).containsExactly("1x1");
        first.consumer.reject(first.ids);
        assertThat(second.heard()).containsExactly("1x2");
        second.consumer.reject(second.ids);
        assertThat(first.heard()).containsExactly("1x3");
        second.consumer.close();
        first.consumer.reject(first.nth(1));
        assertThat(first.heard()).containsExactly("1x4");
    }

    @Test
    void whatIsNotAcknowledgedInTimeGoesOutAgainCounted() {
        fill(IMPATIENT, 2);
        Ear ear = new Ear(ONE, 3);
        assertThat(ear.heard()).containsExactly("1x1", "2x1");
        ear.consumer.acknowledge(ear.nth(2));
        pass(Duration.ofMillis(9_999));
        assertThat(ear.heard()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(ear.heard()).containsExactly("withdrawn 1", "1x2");
    }

    @Test
    void whatTimedOutOfASharedDurableGoesToSomebodyElse() {
        fill(IMPATIENT.shared(), 1);
        Ear slow = new Ear(ONE, 9);
        Ear other = new Ear(ONE, 9);
        pass(Duration.ofSeconds(10));
        assertThat(slow.heard()).containsExactly("1x1", "withdrawn 1");
        assertThat(other.heard()).containsExactly("1x2");
        slow.consumer.acknowledge(slow.ids);
        assertThat(info(ONE).out()).isEqualTo(1);
    }

    @Test
    void aMessageDeliveredTooOftenIsDroppedAndReported() {
        fill(SMALL.withRedelivery(Duration.ZERO, 2), 2);
        Ear ear = new Ear(ONE, 9);
        ear.consumer.reject(ear.nth(1));
        settle();
        ear.consumer.reject(ear.nth(1));
        assertThat(ear.heard()).containsExactly("1x1", "2x1", "1x2");
        assertThat(told()).containsExactly("UNDELIVERABLE one " + ear.ids.get(0));
        assertThat(info(ONE).dropped()).isEqualTo(1);
        assertThat(info(ONE).bytes()).isEqualTo(100);
    }

    @Test
    void consumersOfASharedDurableTakeTurnsAsFarAsTheyHaveCredit() {
        define(ONE, SMALL.shared());
        Ear small = new Ear(ONE, 1);
        Ear large = new Ear(ONE, 9);
        for (int n = 1; n <= 4; n++) {
            append(n, ONE);
        }
        assertThat(small.heard()).containsExactly("1x1");
        assertThat(large.heard()).containsExactly("2x1", "3x1", "4x1");
        small.consumer.request(2);
        append(5, ONE);
        assertThat(small.heard()).containsExactly("5x1");
    }

    @Test
    void whatAConsumerOfASharedDurableHeldGoesToOthersOldestFirst() {
        fill(SMALL.shared(), 4);
        Ear leaving = new Ear(ONE, 3);
        Ear staying = new Ear(ONE, 9);
        assertThat(staying.heard()).containsExactly("4x1");
        leaving.consumer.acknowledge(leaving.nth(2));
        leaving.consumer.close();
        assertThat(staying.heard()).containsExactly("1x2", "3x2");
        assertThat(info(ONE).consumers()).isEqualTo(1);
    }

    @Test
    void nobodyAcknowledgesForAnotherConsumer() {
        fill(SMALL.shared(), 2);
        Ear first = new Ear(ONE, 1);
        Ear second = new Ear(ONE, 1);
        second.consumer.acknowledge(first.ids);
        second.consumer.acknowledgeUpTo(second.ids.get(0));
        settle();
        assertThat(info(ONE).out()).isEqualTo(1);
    }

    @Test
    void aLastValueDurableGivesEveryConsumerTheNewestOfEachKeyAndThenChanges() {
        define(ONE, SMALL.lastValue("k"));
        append(keyed("a", 1), ONE);
        append(keyed("b", 2), ONE);
        append(keyed("a", 3), ONE);
        Ear first = new Ear(ONE, 9);
        assertThat(first.heard()).containsExactly("2x1", "3x1");
        append(keyed("b", 4), ONE);
        assertThat(first.heard()).containsExactly("4x1");
        first.consumer.acknowledge(first.ids);
        first.consumer.reject(first.ids);
        Ear second = new Ear(ONE, 9);
        assertThat(second.heard()).containsExactly("3x1", "4x1");
        assertThat(first.heard()).isEmpty();
        assertThat(info(ONE).waiting()).isEqualTo(2);
        assertThat(info(ONE).bytes()).isEqualTo(200);
    }

    @Test
    void whoReadsALastValueDurableSlowlyGetsTheNewestOnly() {
        define(ONE, SMALL.lastValue("k"));
        Ear slow = new Ear(ONE, 1);
        for (int n = 1; n <= 4; n++) {
            now(append(keyed("a", n), ONE));
        }
        assertThat(slow.heard()).containsExactly("1x1");
        slow.consumer.request(1);
        assertThat(slow.heard()).containsExactly("4x1");
    }

    @Test
    void aLastValueDurableKeepsNoMessageWithoutItsKey() {
        define(ONE, SMALL.lastValue("k"));
        define(TWO);
        append(1, ONE, TWO);
        append(TestMessages.on("keys", Fields.builder().put("k", 5).put("n", 2).build()), ONE);
        append(keyed("5", 3), ONE);
        assertThat(new Ear(ONE, 9).heard()).containsExactly("2x1", "3x1");
        assertThat(new Ear(TWO, 9).heard()).containsExactly("1x1");
    }
}

package io.hawser.core.store.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.message.Message;
import io.hawser.core.message.TestMessages;
import io.hawser.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What every engine's durables must do. Each engine's test extends this and says how to make one. */
public abstract class DurablesContract extends ReadContract {
    @Test
    void anAppendCompletesWithGrowingIds() {
        define(ONE);
        CompletableFuture<Long> first = append(1, ONE);
        CompletableFuture<Long> second = append(2, ONE);
        settle();
        assertThat(first.join()).isPositive().isLessThan(second.join());
    }

    @Test
    void deliversInOrderUpToTheCredit() {
        define(ONE);
        append(1, ONE);
        append(2, ONE);
        append(3, ONE);
        Ear ear = new Ear(ONE);
        assertThat(ear.heard()).isEmpty();
        ear.consumer.request(2);
        assertThat(ear.heard()).containsExactly("1x1", "2x1");
        ear.consumer.request(5);
        assertThat(ear.heard()).containsExactly("3x1");
        append(4, ONE);
        assertThat(ear.heard()).containsExactly("4x1");
    }

    @Test
    void everyDurableGetsItsOwnCopy() {
        define(ONE);
        define(TWO);
        append(1, ONE, TWO);
        Ear one = new Ear(ONE);
        Ear two = new Ear(TWO);
        one.consumer.request(9);
        two.consumer.request(9);
        assertThat(one.heard()).containsExactly("1x1");
        assertThat(two.heard()).containsExactly("1x1");
        assertThat(one.ids).isEqualTo(two.ids);
    }

    @Test
    void acknowledgedIsNeverDeliveredAgain() {
        define(ONE);
        append(1, ONE);
        append(2, ONE);
        Ear ear = new Ear(ONE);
        ear.consumer.request(9);
        settle();
        ear.consumer.acknowledge(ear.ids.subList(0, 1));
        ear.consumer.acknowledge(List.of(4711L));
        ear.consumer.close();
        Ear next = new Ear(ONE);
        next.consumer.request(9);
        assertThat(next.heard()).containsExactly("2x2");
    }

    @Test
    void closeKeepsWhatComesAndRedeliversTheRestInOrderCounted() {
        define(ONE);
        append(1, ONE);
        append(2, ONE);
        Ear ear = new Ear(ONE);
        ear.consumer.request(9);
        settle();
        ear.consumer.close();
        append(3, ONE);
        Ear next = new Ear(ONE);
        next.consumer.request(9);
        assertThat(next.heard()).containsExactly("1x2", "2x2", "3x1");
    }

    @Test
    void aNewerConsumerDisplacesTheOlder() {
        define(ONE);
        append(1, ONE);
        Ear older = new Ear(ONE);
        older.consumer.request(9);
        assertThat(older.heard()).containsExactly("1x1");
        Ear newer = new Ear(ONE);
        newer.consumer.request(9);
        assertThat(older.heard()).containsExactly("displaced");
        older.consumer.acknowledge(older.ids);
        older.consumer.request(9);
        older.consumer.close();
        append(2, ONE);
        assertThat(older.heard()).isEmpty();
        assertThat(newer.heard()).containsExactly("1x2", "2x1");
    }

    @Test
    void deleteRemovesTheMessagesToo() {
        define(ONE);
        append(1, ONE);
        Ear ear = new Ear(ONE);
        durables().delete(ONE);
        assertThat(ear.heard()).containsExactly("displaced");
        define(ONE);
        Ear next = new Ear(ONE);
        next.consumer.request(9);
        assertThat(next.heard()).isEmpty();
    }

    @Test
    void definingAgainKeepsTheMessages() {
        define(ONE);
        append(1, ONE);
        define(ONE);
        Ear ear = new Ear(ONE);
        ear.consumer.request(9);
        assertThat(ear.heard()).containsExactly("1x1");
    }

    @Test
    void aDurableHasItsLatestDefinition() {
        define(ONE);
        define(TWO);
        now(durables().define(ONE, SMALL, new byte[] {7, 8}));
        now(durables().delete(TWO));
        assertThat(now(durables().list())).extracting(DurableInfo::name).containsExactly(ONE);
        assertThat(info(ONE).definition().bytes()).containsExactly(7, 8);
    }

    @Test
    void aDurableThatIsObtainedStaysAsItIs() {
        DurableSettings other = SMALL.withMessageTtl(Duration.ofDays(1));
        assertThat(now(durables().obtain(ONE, SMALL, new byte[] {1}, false)).settings())
                .isEqualTo(SMALL);
        DurableInfo same = now(durables().obtain(ONE, other, new byte[] {2}, false));
        assertThat(same.settings()).isEqualTo(SMALL);
        assertThat(same.definition().bytes()).containsExactly(1);
        DurableInfo renewed = now(durables().obtain(ONE, other, new byte[] {2}, true));
        assertThat(renewed.settings()).isEqualTo(SMALL);
        assertThat(renewed.definition().bytes()).containsExactly(2);
        DurableInfo notShared = now(durables().obtain(ONE, other.shared(), new byte[] {3}, true));
        assertThat(notShared).isEqualTo(renewed);
        assertThat(info(ONE)).isEqualTo(renewed);
    }

    @Test
    void aConsumerOfNoDurableIsDisplacedAtOnce() {
        assertThat(new Ear(ONE).heard()).containsExactly("displaced");
    }

    @Test
    void aMessageComesBackAsItWas() {
        define(ONE);
        append(1, ONE);
        List<Message> heard = new ArrayList<>();
        DurableConsumer consumer = durables().consume(ONE, clock, new DurableConsumer.Listener() {
            @Override
            public void delivered(List<StoredMessage> messages) {
                messages.forEach(message -> heard.add(message.message()));
            }

            @Override
            public void withdrawn(List<Long> ids) {}

            @Override
            public void displaced() {}
        });
        consumer.request(1);
        settle();
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).fields()).isEqualTo(TestMessages.numbered(1).fields());
        assertThat(heard.get(0).headers()).isEqualTo(TestMessages.numbered(1).headers());
        assertThat(heard.get(0).topic()).isEqualTo(TestMessages.numbered(1).topic());
        assertThat(heard.get(0).weight()).isEqualTo(TestMessages.numbered(1).weight());
    }

    @Test
    void aFullDurableRefusesForAllAndNamesItself() {
        define(ONE);
        define(TWO);
        for (int n = 1; n <= 5; n++) {
            CompletableFuture<Long> kept = append(n, ONE);
            settle();
            assertThat(kept).isCompleted();
        }
        CompletableFuture<Long> refused = append(6, TWO, ONE);
        settle();
        assertThatThrownBy(refused::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("test:one is full");
        Ear two = new Ear(TWO);
        two.consumer.request(9);
        assertThat(two.heard()).isEmpty();
    }

    @Test
    void acknowledgingMakesRoom() {
        define(ONE);
        for (int n = 1; n <= 5; n++) {
            append(n, ONE);
        }
        Ear ear = new Ear(ONE);
        ear.consumer.request(9);
        settle();
        ear.consumer.acknowledge(ear.ids.subList(0, 1));
        CompletableFuture<Long> kept = append(6, ONE);
        settle();
        assertThat(kept).isCompleted();
    }

    @Test
    void aClosedStoreRefuses() {
        define(ONE);
        store().close();
        CompletableFuture<Long> refused = append(1, ONE);
        settle();
        assertThatThrownBy(refused::join).hasMessageContaining("closed");
    }
}

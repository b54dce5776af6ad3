package io.hawser.core.store.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.durable.DurableSettings.WhenFull;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What durables keep, how long, and what is told of it. */
public abstract class LifeContract extends DeliveryContract {
    private CompletableFuture<Long> append(MessageId id, long n, DurableName... names) {
        return durables().append(TestMessages.numbered(n), Optional.of(id), List.of(names));
    }

    @Test
    void messagesThatWaitTooLongAreDroppedAndCounted() {
        define(ONE, SMALL.withMessageTtl(Duration.ofSeconds(10)));
        append(1, ONE);
        append(2, ONE);
        Ear ear = new Ear(ONE, 1);
        pass(Duration.ofSeconds(5));
        append(3, ONE);
        pass(Duration.ofSeconds(5));
        assertThat(told()).containsExactly("EXPIRED one " + (ear.ids.get(0) + 1));
        assertThat(info(ONE).expired()).isEqualTo(1);
        assertThat(info(ONE).bytes()).isEqualTo(200);
        ear.consumer.close();
        assertThat(new Ear(ONE, 9).heard()).containsExactly("3x1");
    }

    @Test
    void valuesThatWaitTooLongAreDroppedToo() {
        define(ONE, SMALL.lastValue("k").withMessageTtl(Duration.ofSeconds(10)));
        append(keyed("a", 1), ONE);
        pass(Duration.ofSeconds(5));
        append(keyed("b", 2), ONE);
        pass(Duration.ofSeconds(5));
        assertThat(new Ear(ONE, 9).heard()).containsExactly("2x1");
    }

    @Test
    void aDurableWithoutConsumersIsDeletedAfterItsTimeAndToldOf() {
        define(ONE, SMALL.withDurableTtl(Duration.ofSeconds(10)));
        Ear ear = new Ear(ONE, 9);
        append(1, ONE);
        pass(Duration.ofSeconds(20));
        assertThat(told()).isEmpty();
        ear.consumer.close();
        pass(Duration.ofMillis(9_999));
        assertThat(told()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(told()).containsExactly("deleted one");
        assertThat(now(durables().list())).isEmpty();
        define(ONE);
        assertThat(new Ear(ONE, 9).heard()).isEmpty();
    }

    @Test
    void aDurableThatDropsTheOldestTakesEveryMessage() {
        define(ONE, SMALL.withRoom(2, 1_000, WhenFull.DROP_OLDEST));
        long first = now(append(1, ONE));
        now(append(2, ONE));
        now(append(3, ONE));
        assertThat(told()).contains("FULL one " + first);
        Ear ear = new Ear(ONE, 1);
        append(4, ONE);
        append(5, ONE);
        append(6, ONE);
        assertThat(ear.heard()).containsExactly("2x1");
        ear.consumer.request(1);
        assertThat(ear.heard()).containsExactly("6x1");
        append(7, ONE);
        assertThat(ear.heard()).containsExactly("withdrawn 1");
        assertThat(info(ONE).dropped()).isEqualTo(5);
        assertThat(info(ONE).bytes()).isEqualTo(200);
    }

    @Test
    void aDurableThatDropsTheOldestDoesSoByBytesToo() {
        define(ONE, SMALL.withRoom(1_000, 200, WhenFull.DROP_OLDEST));
        long first = now(append(1, ONE));
        now(append(2, ONE));
        assertThat(info(ONE).dropped()).isZero();
        now(append(3, ONE));
        assertThat(told()).contains("FULL one " + first);
        assertThat(info(ONE).dropped()).isEqualTo(1);
        assertThat(info(ONE).bytes()).isEqualTo(200);
    }

    @Test
    void aMessageLargerThanADurableIsRefusedWhateverThePolicy() {
        define(ONE, SMALL.withRoom(2, 99, WhenFull.DROP_OLDEST));
        assertThatThrownBy(() -> now(append(1, ONE))).hasMessageContaining("full");
    }

    @Test
    void definingAgainChangesTheSettings() {
        define(ONE, SMALL.withRoom(1, 1_000, WhenFull.REJECT));
        append(1, ONE);
        assertThatThrownBy(() -> now(append(2, ONE))).hasMessageContaining("test:one is full (1 messages");
        define(ONE, SMALL.withMessageTtl(Duration.ofSeconds(10)));
        assertThat(now(append(3, ONE))).isPositive();
        pass(Duration.ofSeconds(10));
        assertThat(info(ONE).expired()).isEqualTo(2);
    }

    @Test
    void aDurableStaysTheKindItIs() {
        define(ONE, SMALL.shared());
        CompletableFuture<Void> clash = durables().define(ONE, SMALL.lastValue("k"), new byte[0]);
        settle();
        assertThatThrownBy(clash::join).hasMessageContaining("durable test:one is SHARED; use it as that");
        assertThat(info(ONE).settings()).isEqualTo(SMALL.shared());
    }

    @Test
    void whatIsPublishedTwiceIsKeptOnce() {
        define(ONE);
        long kept = now(append(new MessageId("a", 7), 1, ONE));
        assertThat(kept).isPositive();
        assertThat(now(append(new MessageId("a", 7), 1, ONE))).isZero();
        assertThat(now(append(new MessageId("a", 6), 2, ONE))).isPositive();
        assertThat(now(append(new MessageId("b", 7), 3, ONE))).isPositive();
        assertThat(now(append(new MessageId("a", -1), 4, ONE))).isPositive();
        pass(Durables.DUPLICATE_WINDOW.minusMillis(1));
        assertThat(now(append(new MessageId("a", 7), 1, ONE))).isZero();
        assertThat(new Ear(ONE, 9).heard()).containsExactly("1x1", "2x1", "3x1", "4x1");
    }

    @Test
    void whatWasNotKeptIsKeptWhenItComesAgain() {
        define(ONE, SMALL.withRoom(1, 1_000, WhenFull.REJECT));
        append(1, ONE);
        assertThatThrownBy(() -> now(append(new MessageId("a", 1), 2, ONE))).hasMessageContaining("full");
        now(append(new MessageId("a", 2), 3, TWO));
        Ear ear = new Ear(ONE, 9);
        ear.consumer.acknowledge(ear.ids);
        define(TWO);
        assertThat(now(append(new MessageId("a", 1), 2, ONE))).isPositive();
        assertThat(now(append(new MessageId("a", 2), 3, TWO))).isPositive();
    }

    @Test
    void anIdIsForgottenAfterTheWindow() {
        define(ONE);
        now(append(new MessageId("a", 1), 1, ONE));
        pass(Durables.DUPLICATE_WINDOW);
        append(2, ONE);
        assertThat(now(append(new MessageId("a", 1), 1, ONE))).isPositive();
    }

    @Test
    void purgingRemovesWhatWaitsAndWhatIsOut() {
        define(ONE);
        define(TWO);
        append(1, ONE, TWO);
        append(2, ONE);
        Ear ear = new Ear(ONE, 1);
        now(durables().purge(ONE));
        assertThat(ear.heard()).containsExactly("1x1", "withdrawn 1");
        assertThat(info(ONE).waiting() + info(ONE).out()).isZero();
        assertThat(info(ONE).bytes()).isZero();
        ear.consumer.acknowledge(ear.ids);
        ear.consumer.request(1);
        append(3, ONE);
        assertThat(ear.heard()).containsExactly("3x1");
        assertThat(new Ear(TWO, 9).heard()).containsExactly("1x1");
    }

    @Test
    void aListingTellsWhatAnOperatorWantsToSee() {
        define(TWO);
        DurableSettings settings = SMALL.shared();
        now(durables().define(ONE, settings, new byte[] {7, 8}));
        pass(Duration.ofSeconds(3));
        append(1, ONE);
        append(2, ONE);
        pass(Duration.ofSeconds(3));
        append(3, ONE);
        new Ear(ONE, 1);
        new Ear(ONE, 0);
        List<DurableInfo> all = now(durables().list());
        assertThat(all).extracting(DurableInfo::name).containsExactly(ONE, TWO);
        assertThat(all.get(0))
                .isEqualTo(new DurableInfo(
                        ONE,
                        settings,
                        new Value.Opaque(new byte[] {7, 8}),
                        2,
                        1,
                        300,
                        Optional.of(Instant.ofEpochSecond(3)),
                        2,
                        0,
                        0,
                        0));
        assertThat(all.get(1).oldest()).isEmpty();
        assertThat(now(durables().find(new DurableName("test", "none")))).isEmpty();
        assertThat(now(durables().find(List.of(TWO, new DurableName("test", "none"), ONE))).stream()
                        .map(DurableInfo::name))
                .containsExactly(TWO, ONE);
    }

    @Test
    void aViewShowsMessagesAndChangesNothing() {
        define(ONE);
        long first = now(append(1, ONE));
        append(2, ONE);
        long third = now(append(3, ONE));
        Ear ear = new Ear(ONE, 2);
        ear.consumer.reject(ear.nth(1));
        assertThat(now(durables().view(ONE, 0, 9)))
                .extracting(DurablesStage::text)
                .containsExactly("1x1", "2x1", "3x0");
        assertThat(now(durables().view(ONE, first + 1, 1)))
                .extracting(DurablesStage::text)
                .containsExactly("2x1");
        assertThat(now(durables().view(ONE, third, 9)))
                .extracting(StoredMessage::id)
                .containsExactly(third);
        assertThat(now(durables().view(ONE, third + 1, 9))).isEmpty();
        ear.consumer.request(2);
        assertThat(ear.heard()).containsExactly("1x1", "2x1", "1x2", "3x1");
        assertThatThrownBy(() -> now(durables().view(TWO, 0, 9))).hasMessageContaining("there is no durable test:two");
    }

    @Test
    void aDurableThatFillsIsToldOfOnceAndOnceWhenItHasRoomAgain() {
        define(ONE);
        for (int n = 1; n <= 5; n++) {
            now(append(n, ONE));
        }
        assertThat(told()).containsExactly("filling one 4");
        Ear ear = new Ear(ONE, 9);
        ear.consumer.acknowledge(ear.ids.subList(0, 2));
        append(6, ONE);
        assertThat(told()).isEmpty();
        ear.consumer.acknowledge(ear.ids.subList(2, 4));
        assertThat(told()).containsExactly("relieved one 2");
    }

    @Test
    void aDurableFillsByBytesToo() {
        define(ONE, SMALL.withRoom(1_000, 250, WhenFull.REJECT));
        append(1, ONE);
        assertThat(told()).isEmpty();
        append(2, ONE);
        assertThat(told()).containsExactly("filling one 2");
        assertThatThrownBy(() -> now(append(3, ONE))).hasMessageContaining("or 250 bytes");
    }
}

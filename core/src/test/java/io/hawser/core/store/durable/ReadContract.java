package io.hawser.core.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.durable.DurableSettings.WhenFull;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody hears who reads a durable and takes nothing out of it. */
public abstract class ReadContract extends LifeContract {
    /** Hears what a reader hears: numbers, and its end. */
    private final class Eye implements DurableReader.Listener {
        final List<Long> ids = new ArrayList<>();
        final DurableReader reader;
        private final List<String> heard = new ArrayList<>();

        Eye(DurableName name, long after, int credit) {
            reader = durables().read(name, after, clock, this);
            reader.request(credit);
            settle();
        }

        @Override
        public void read(List<StoredMessage> messages) {
            for (StoredMessage message : messages) {
                ids.add(message.id());
                heard.add(text(message));
            }
        }

        @Override
        public void ended() {
            heard.add("ended");
        }

        List<String> heard() {
            settle();
            List<String> all = List.copyOf(heard);
            heard.clear();
            return all;
        }
    }

    @Test
    void whatIsKeptIsReadAndThenWhatComesEachOnce() {
        define(ONE);
        define(TWO);
        append(1, ONE);
        long second = now(append(2, ONE));
        append(3, ONE);
        append(9, TWO);
        Eye all = new Eye(ONE, 0, 9);
        Eye some = new Eye(ONE, second, 9);
        assertThat(all.heard()).containsExactly("1x0", "2x0", "3x0");
        assertThat(some.heard()).containsExactly("3x0");
        append(4, ONE);
        append(8, TWO);
        assertThat(all.heard()).containsExactly("4x0");
        assertThat(some.heard()).containsExactly("4x0");
        assertThat(all.ids).isSorted().doesNotHaveDuplicates().contains(second);
        assertThat(info(ONE).waiting()).isEqualTo(4);
        assertThat(info(ONE).consumers()).isZero();
    }

    @Test
    void nothingIsReadBeyondTheCreditAndNothingIsLeftOutBecauseOfIt() {
        define(ONE);
        append(1, ONE);
        append(2, ONE);
        append(3, ONE);
        Eye eye = new Eye(ONE, 0, 2);
        assertThat(eye.heard()).containsExactly("1x0", "2x0");
        append(4, ONE);
        assertThat(eye.heard()).isEmpty();
        eye.reader.request(1);
        assertThat(eye.heard()).containsExactly("3x0");
        eye.reader.request(5);
        append(5, ONE);
        assertThat(eye.heard()).containsExactly("4x0", "5x0");
    }

    @Test
    void consumersAndReadersDoNotMindEachOther() {
        define(ONE);
        append(1, ONE);
        append(2, ONE);
        Ear ear = new Ear(ONE, 2);
        Eye eye = new Eye(ONE, 0, 9);
        assertThat(ear.heard()).containsExactly("1x1", "2x1");
        assertThat(eye.heard()).containsExactly("1x1", "2x1");
        ear.consumer.acknowledge(ear.nth(1));
        assertThat(new Eye(ONE, 0, 9).heard()).containsExactly("2x1");
    }

    @Test
    void whatWasDroppedIsNotRead() {
        define(ONE, SMALL.withRoom(2, 1_000, WhenFull.DROP_OLDEST));
        append(1, ONE);
        Eye slow = new Eye(ONE, 0, 1);
        assertThat(slow.heard()).containsExactly("1x0");
        append(2, ONE);
        append(3, ONE);
        append(4, ONE);
        append(5, ONE);
        slow.reader.request(9);
        assertThat(slow.heard()).containsExactly("4x0", "5x0");
    }

    @Test
    void aPurgedDurableIsReadOnAndADeletedOneEndsItsReaders() {
        define(ONE);
        append(1, ONE);
        Eye eye = new Eye(ONE, 0, 9);
        now(durables().purge(ONE));
        append(2, ONE);
        assertThat(eye.heard()).containsExactly("1x0", "2x0");
        now(durables().delete(ONE));
        assertThat(eye.heard()).containsExactly("ended");
        define(ONE);
        append(3, ONE);
        assertThat(eye.heard()).isEmpty();
        assertThat(new Eye(TWO, 0, 1).heard()).containsExactly("ended");
    }

    @Test
    void whoClosesReadsNothingMore() {
        define(ONE);
        Eye eye = new Eye(ONE, 0, 9);
        eye.reader.close();
        append(1, ONE);
        assertThat(eye.heard()).isEmpty();
    }

    @Test
    void aLastValueDurableCanBeReadToo() {
        define(ONE, SMALL.lastValue("k"));
        append(keyed("a", 1), ONE);
        append(keyed("b", 2), ONE);
        Eye eye = new Eye(ONE, 0, 9);
        append(keyed("a", 3), ONE);
        assertThat(eye.heard()).containsExactly("1x0", "2x0", "3x0");
        assertThat(new Eye(ONE, 0, 9).heard()).containsExactly("2x0", "3x0");
    }
}

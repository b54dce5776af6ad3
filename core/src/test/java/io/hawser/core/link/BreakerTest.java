package io.hawser.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.Message;
import io.hawser.core.message.TestMessages;
import io.hawser.core.value.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Message> storms = new ArrayList<>();
    private long now;
    private final Breaker breaker =
            new Breaker(new Breaker.Limits(3, SECOND, Duration.ofSeconds(10)), () -> now, storms::add);

    private boolean passes(long n) {
        return breaker.passes(TestMessages.numbered(n));
    }

    @Test
    void theSameMessageTooOftenInterruptsThePathForAWhile() {
        for (int i = 0; i < 3; i++) {
            assertThat(passes(1)).isTrue();
            assertThat(passes(100 + i)).as("others do not count").isTrue();
        }
        assertThat(passes(1)).isFalse();
        assertThat(passes(2)).as("nothing goes on").isFalse();
        assertThat(storms).hasSize(1);
        assertThat(breaker.isOpen()).isTrue();
        now += Duration.ofSeconds(10).toNanos();
        assertThat(passes(1)).isTrue();
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.storms()).isEqualTo(1);
        assertThat(breaker.held()).isEqualTo(2);
    }

    @Test
    void theSameMessageNowAndThenIsNoStorm() {
        for (int i = 0; i < 100; i++) {
            assertThat(passes(1)).isTrue();
            now += SECOND.toNanos() / 2;
        }
        assertThat(storms).isEmpty();
    }

    @Test
    void itGoesOnToCountAmongManyOthersAndForgetsTheRest() {
        for (int i = 0; i < 3; i++) {
            assertThat(passes(1)).isTrue();
            for (int other = 0; other < 999; other++) {
                assertThat(passes(1_000L * i + other + 10)).isTrue();
            }
        }
        assertThat(passes(1)).isFalse();
    }

    @Test
    void oneContentOnTwoTopicsIsTwoMessages() {
        for (int i = 0; i < 3; i++) {
            assertThat(breaker.passes(TestMessages.on("a", Fields.EMPTY), "text"))
                    .isTrue();
            assertThat(breaker.passes(TestMessages.on("b", Fields.EMPTY), "text"))
                    .isTrue();
        }
        assertThat(breaker.passes(TestMessages.on("a", Fields.EMPTY), "text")).isFalse();
    }

    @Test
    void zeroTimesIsNoLimit() {
        Breaker none = new Breaker(Breaker.Limits.NONE, () -> now, storms::add);
        for (int i = 0; i < 1_000; i++) {
            assertThat(none.passes(TestMessages.numbered(1))).isTrue();
        }
    }
}

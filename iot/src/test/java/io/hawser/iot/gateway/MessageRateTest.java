package io.hawser.iot.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessageRateTest {
    private long now;

    @Test
    void whoHasSaidTooMuchWaitsAndOthersDoNot() {
        MessageRate rate = new MessageRate(10, () -> now);
        assertThat(rate.takes("a", 99)).isTrue();
        assertThat(rate.takes("a", 6)).isTrue();
        assertThat(rate.takes("a", 1)).isFalse();
        assertThat(rate.takes("b", 1)).isTrue();
        now += Duration.ofMillis(400).toNanos();
        assertThat(rate.takes("a", 1)).isFalse();
        now += Duration.ofMillis(200).toNanos();
        assertThat(rate.takes("a", 2)).isTrue();
        assertThat(rate.takes("a", 1)).isFalse();
        now += Duration.ofHours(1).toNanos();
        assertThat(rate.takes("a", 101)).isTrue();
        assertThat(rate.takes("a", 1)).isFalse();
    }

    @Test
    void noRateIsNoLimit() {
        MessageRate rate = new MessageRate(0, () -> now);
        assertThat(rate.takes("a", 1_000_000)).isTrue();
        assertThat(rate.takes("a", 1)).isTrue();
    }
}

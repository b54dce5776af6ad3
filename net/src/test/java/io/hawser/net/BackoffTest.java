package io.hawser.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), 0.5);

    @ParameterizedTest
    @CsvSource({"0, 0, 100", "1, 0, 100", "1, 1, 50", "2, 0, 200", "4, 0.5, 600", "10, 0, 30000", "2147483647, 1, 15000"
    })
    void growsUpToItsLimit(int failures, double chance, long millis) {
        assertThat(backoff.after(failures, () -> chance)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void refusesWhatMakesNoSense() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, second, 0)).hasMessageContaining("0 < first <= max");
        assertThatThrownBy(() -> new Backoff(second, second.dividedBy(2), 0)).hasMessageContaining("first <= max");
        assertThatThrownBy(() -> new Backoff(second, second, 1.1)).hasMessageContaining("jitter from 0 to 1");
    }
}

package io.hawser.clever.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StallTest {
    private final Vigil.Stall stall = new Vigil.Stall();

    @Test
    void whoTakesALittleNowAndThenIsNotStuck() {
        for (int look = 1; look <= 100; look++) {
            assertThat(stall.after(look / 3, 1_000_000)).isFalse();
        }
    }

    @Test
    void whoTakesNothingIsStuckAtTheFourthLook() {
        assertThat(stall.after(7, 10)).isFalse();
        assertThat(stall.after(7, 10)).isFalse();
        assertThat(stall.after(7, 20)).isFalse();
        assertThat(stall.after(7, 30)).isFalse();
        assertThat(stall.after(7, 30)).isTrue();
    }

    @Test
    void whereNothingWaitsNothingIsStuck() {
        for (int look = 0; look < 10; look++) {
            assertThat(stall.after(7, 0)).isFalse();
        }
    }
}

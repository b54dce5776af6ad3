package io.hawser.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is counted of each way, with a clock that is turned by hand. */
class TallyTest {
    private long now;
    private final Tally tally = new Tally(() -> now);

    @Test
    void tellsHowLongEachTook() {
        tally.said(Way.IVY_TO_EFTL, "a");
        tally.said(Way.IVY_TO_EFTL, "b");
        now = 1_500_000;
        assertThat(tally.heard(Way.IVY_TO_EFTL, "b")).contains(Duration.ofNanos(1_500_000));
        assertThat(tally.settled()).isFalse();
        now = 2_500_000;
        assertThat(tally.heard(Way.IVY_TO_EFTL, "a")).contains(Duration.ofNanos(2_500_000));
        assertThat(tally.settled()).isTrue();

        assertThat(tally.rows())
                .hasSize(1 + Way.values().length)
                .startsWith(
                        "                        said  heard on average    at most",
                        "ivy → eftl                 2      2     2.0 ms     2.5 ms",
                        "eftl → ivy                 0      0          -          -");
    }

    @Test
    void whatNobodySaidOrWasHeardBeforeIsNotCounted() {
        assertThat(tally.heard(Way.EFTL_TO_IVY, "a")).isEmpty();
        tally.said(Way.EFTL_TO_IVY, "a");
        assertThat(tally.heard(Way.IVY_TO_EFTL, "a")).isEmpty();
        assertThat(tally.heard(Way.EFTL_TO_IVY, "a")).isPresent();
        assertThat(tally.heard(Way.EFTL_TO_IVY, "a")).isEmpty();
        assertThat(tally.heard(Way.EFTL_TO_IVY)).isEqualTo(1);
    }

    @Test
    void namesTheWaysOnWhichNothingWasHeard() {
        for (Way way : Way.values()) {
            tally.said(way, "a");
        }
        tally.said(Way.IOT_TO_IVY, "b");
        for (Way way : Way.values()) {
            if (way != Way.IOT_TO_IVY) {
                tally.heard(way, "a");
            }
        }
        assertThat(tally.missing()).containsExactly("iot → ivy (2 said, none heard)");
        tally.heard(Way.IOT_TO_IVY, "a");
        assertThat(tally.missing()).isEmpty();
        assertThat(new Tally(() -> now).missing())
                .hasSize(Way.values().length)
                .contains("iot → clever (nothing was said)");
    }
}

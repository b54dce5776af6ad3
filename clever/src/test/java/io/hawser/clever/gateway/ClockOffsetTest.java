package io.hawser.clever.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    private static final double EPOCH = 1_800_000_000;
    private static final double HAIR = 1e-6;

    private final ClockOffset clock = new ClockOffset();
    /** By a clock that nobody sets. */
    private double now = 5_000;
    /** What was done to our clock, and to the copter's. */
    private double ours;

    private double its = 100;

    @Test
    void theShortestWayCounts() {
        asked(0.010, 0.010);
        asked(0.900, 0.100);
        assertThat(estimate().seconds()).isCloseTo(100, within(HAIR));
        assertThat(estimate().uncertainty()).isBetween(0.010, 0.011);
    }

    @Test
    void whenOurClockIsSetTheEstimateFollowsAtOnce() {
        asked(0.010, 0.010);
        ours = 60;
        assertThat(estimate().seconds()).isCloseTo(40, within(HAIR));
        ours = -3_600;
        assertThat(estimate().seconds()).isCloseTo(3_700, within(HAIR));
    }

    @Test
    void whenTheCoptersClockIsSetItsNextAnswerCountsAlone() {
        for (int i = 0; i < 8; i++) {
            asked(0.001, 0.001);
        }
        its = 0;
        asked(0.040, 0.040);
        assertThat(estimate().seconds()).isCloseTo(0, within(HAIR));
        assertThat(estimate().uncertainty()).isBetween(0.040, 0.041);
    }

    @Test
    void aSlowAnswerContradictsNobody() {
        asked(0.001, 0.001);
        asked(3, 0.001);
        assertThat(estimate().seconds()).isCloseTo(100, within(HAIR));
        assertThat(estimate().uncertainty()).isLessThan(0.002);
    }

    @Test
    void whatIsOldIsLessCertain() {
        asked(0.010, 0.010);
        now += 1_000;
        assertThat(estimate().uncertainty()).isCloseTo(0.060, within(HAIR));
        assertThat(estimate().seconds()).isCloseTo(100, within(HAIR));
    }

    private void asked(double wayThere, double wayBack) {
        double before = now;
        now += wayThere;
        double told = EPOCH + now + its;
        now += wayBack;
        clock.answered(nanos(before), told, nanos(now));
    }

    private ClockOffset.Estimate estimate() {
        return clock.estimate(nanos(now), EPOCH + now + ours).orElseThrow();
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}

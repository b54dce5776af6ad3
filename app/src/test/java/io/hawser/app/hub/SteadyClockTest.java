package io.hawser.app.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    @Test
    void goesOnWhateverIsDoneToTheClockOnTheWall() {
        AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
        AtomicLong nanos = new AtomicLong(-7);
        SteadyClock clock = new SteadyClock(wall::get, nanos::get);
        wall.set(Instant.parse("2016-01-01T00:00:00Z"));
        nanos.addAndGet(1_500_000_000L);
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-21T12:00:01.500Z"));
    }
}

package io.hawser.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.console.Series.Kind;
import io.hawser.app.console.Series.Span;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is known of a hub's last day: each second for five minutes, then coarser, and never more than that. */
class SeriesTest {
    private final Series series = new Series(List.of(Kind.MEAN, Kind.PEAK));

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            series.add(List.of((double) i, (double) i));
        }
    }

    @Test
    void nothingIsKnownBeforeASecondIsOver() {
        for (Span span : Span.values()) {
            assertThat(series.of(span, 0)).isEmpty();
        }
    }

    @Test
    void theNewestSecondsStandInOrder() {
        seconds(3);
        assertThat(series.of(Span.MINUTES, 0)).containsExactly(0.0, 1.0, 2.0);
        seconds(300);
        assertThat(series.of(Span.MINUTES, 0))
                .isEqualTo(IntStream.range(0, 300).mapToObj(i -> (double) i).toList());
        seconds(1);
        assertThat(series.of(Span.MINUTES, 0)).hasSize(300).startsWith(1.0).endsWith(0.0);
    }

    @Test
    void tenSecondsBecomeOnePointByTheirMeanOrTheirPeak() {
        seconds(9);
        assertThat(series.of(Span.HOUR, 0)).isEmpty();
        series.add(List.of(9.0, 9.0));
        assertThat(series.of(Span.HOUR, 0)).containsExactly(4.5);
        assertThat(series.of(Span.HOUR, 1)).containsExactly(9.0);
    }

    @Test
    void aDayIsKnownAndNoMore() {
        seconds(120 * 721);
        assertThat(series.of(Span.DAY, 1)).hasSize(720).startsWith(239.0).endsWith(120 * 721 - 1.0);
        assertThat(series.of(Span.HOUR, 1)).hasSize(360);
        assertThat(series.of(Span.MINUTES, 1)).hasSize(300);
    }
}

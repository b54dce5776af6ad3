package io.hawser.eftl.gateway.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results results = new Results();

    @Test
    void eachNumberIsNewOnceWhateverTheOrder() {
        assertThat(results.begin(1)).isTrue();
        assertThat(results.begin(4)).isTrue();
        assertThat(results.begin(2)).isTrue();
        assertThat(results.begin(3)).isTrue();
        for (long seq = 1; seq <= 4; seq++) {
            assertThat(results.begin(seq)).as("%d", seq).isFalse();
        }
        assertThat(results.begin(5)).isTrue();
    }

    @Test
    void aGapIsKeptOpenForAThousandNumbersAndNotForEver() {
        for (long seq = 2; seq <= 1_025; seq++) {
            assertThat(results.begin(seq)).isTrue();
        }
        assertThat(results.begin(1)).as("late, but not too late").isTrue();
        for (long seq = 1_027; seq <= 2_051; seq++) {
            assertThat(results.begin(seq)).isTrue();
        }
        assertThat(results.begin(1_026)).as("given up").isFalse();
    }

    @Test
    void whatIsInProgressIsOpenAndWhatIsDoneHasAnAnswerOrNone() {
        results.begin(1);
        results.open(1);
        assertThat(results.isOpen(1)).isTrue();
        results.done(1);
        assertThat(results.isOpen(1)).isFalse();
        assertThat(results.answer(1)).isNull();
        assertThat(results.unknown(1)).isFalse();
        results.done(2, new byte[] {7});
        assertThat(results.answer(2)).containsExactly(7);
    }

    @Test
    void theOldestAnswersAreForgottenAndThenNobodyClaimsToKnow() {
        for (long seq = 1; seq <= 1_001; seq++) {
            results.done(seq, new byte[] {1});
        }
        assertThat(results.answer(1)).isNull();
        assertThat(results.unknown(1)).isTrue();
        assertThat(results.answer(2)).isNotNull();
        assertThat(results.unknown(2)).isFalse();
        results.done(2_000, new byte[1 << 20]);
        assertThat(results.answer(2_000)).hasSize(1 << 20);
        assertThat(results.unknown(1_001)).isTrue();
    }
}

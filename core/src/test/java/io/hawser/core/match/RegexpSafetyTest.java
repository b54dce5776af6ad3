package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.core.match.Regexp.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No pattern holds up a thread. */
class RegexpSafetyTest {
    private static final String HOSTILE = "P " + "a ".repeat(100) + "z!";

    @Test
    void movesAnExpensivePatternToRe2AndFindsTheSame() {
        List<Engine> told = new ArrayList<>();
        Regexp regexp =
                Regexp.compile("^P (.*) (.*) (.*) (.*) (.*)z$", RegexpLimits.DEFAULT, r -> told.add(r.engine()));
        assertThat(regexp.match("P 1 2 3 4 5z")).hasToString("[1, 2, 3, 4, 5]");
        assertThat(regexp.engine()).isEqualTo(Engine.JAVA);
        assertThat(regexp.match(HOSTILE)).isNull();
        assertThat(regexp.engine()).isEqualTo(Engine.RE2J);
        assertThat(regexp.match("P 1 2 3 4 5z")).hasToString("[1, 2, 3, 4, 5]");
        assertThat(regexp.match("P 1 2 3 4 5z\n")).hasToString("[1, 2, 3, 4, 5]");
        assertThat(regexp.aborts()).isZero();
        assertThat(told).containsExactly(Engine.RE2J);
    }

    @Test
    void neverRunsAnEngineWithoutTheRequiredLiterals() {
        Regexp regexp = Regexp.compile("^P (.*) (.*) (.*) (.*) (.*)z$");
        assertThat(regexp.match("Q" + HOSTILE)).isNull();
        assertThat(regexp.match(HOSTILE.replace("z", ""))).isNull();
        assertThat(regexp.engine()).isEqualTo(Engine.JAVA);
    }

    @ParameterizedTest
    @CsvSource({"(?=a)(a|aa)+\\1?$, ''", "(a*)*\\1b, b", "^(a+)+\\1?$, ''", "^(?!x)(a|a)*\\1$, ''"})
    void quarantinesWhatOnlyJavaCanSayAfterThreeAborts(String pattern, String tail) {
        List<Integer> told = new ArrayList<>();
        Regexp regexp = Regexp.compile(pattern, RegexpLimits.DEFAULT, r -> told.add(r.aborts()));
        String text = "a".repeat(60) + "!" + tail;
        for (int i = 0; i < 5; i++) {
            assertThat(regexp.match(text)).isNull();
        }
        assertThat(regexp.engine()).isEqualTo(Engine.QUARANTINED);
        assertThat(regexp.aborts()).isEqualTo(3);
        assertThat(told).containsExactly(1, 2, 3);
        assertThat(regexp.match("a")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?:a|b)*c", "(?:a|b)*c$", "^(?:(?:a|b)*c)+$"})
    void outlivesADeepRecursion(String pattern) {
        Regexp regexp = Regexp.compile(pattern);
        String text = "ab".repeat(100_000);
        assertThat(regexp.match(text)).isNull();
        assertThat(regexp.match(text + "c")).isEqualTo(Captures.EMPTY);
        assertThat(regexp.engine()).isEqualTo(Engine.RE2J);
        assertThat(regexp.match(text + "c" + text))
                .satisfiesAnyOf(found -> assertThat(found).isNull(), found -> assertThat(found)
                        .isEqualTo(Captures.EMPTY));
    }

    @Test
    void countsADeepRecursionOnlyJavaCanSayAsAnAbort() {
        Regexp regexp = Regexp.compile("(?=a)(?:a|b)*c");
        assertThat(regexp.match("ab".repeat(100_000) + "c")).isNull();
        assertThat(regexp.aborts()).isEqualTo(1);
    }

    @Test
    void runsInRe2FromTheStartWhatStepsCannotMeasure() {
        Regexp regexp = Regexp.compile("c" + "(?:|)".repeat(40) + ".");
        assertThat(regexp.engine()).isEqualTo(Engine.RE2J);
        assertThat(regexp.match("c")).isNull();
        assertThat(regexp.match("cd")).isEqualTo(Captures.EMPTY);
    }

    @Test
    void refusesWhatNoEngineCanBeTrustedWith() {
        for (String pattern : List.of(
                "c" + "(?:a?)?".repeat(40) + "(?=.)",
                "c" + "(?:a*)*".repeat(40) + "\\1",
                "(?:|){40}(?=.)",
                "(?:){1000000000}(?=.)",
                "(?=" + "(?:|)".repeat(40) + ".)",
                "(?:" + "a(?:|)".repeat(40) + "\\b.)+(?=.)")) {
            assertThatExceptionOfType(RegexpException.class)
                    .as(pattern)
                    .isThrownBy(() -> Regexp.compile(pattern))
                    .withMessageContaining("too many ways");
        }
    }

    @Test
    void searchesALinearEngineOnlyInTextsThatItCanFinishInTime() {
        String pattern = "^P (.*) (.*) (.*) (.*) (.*)z$";
        Regexp regexp = Regexp.compile(pattern);
        assertThat(regexp.match("P " + "a ".repeat(1_000) + "z!")).isNull();
        assertThat(regexp.engine()).isEqualTo(Engine.RE2J);
        int limit = RegexpLimits.DEFAULT.maxLinearChars();
        assertThat(regexp.match("P 1 2 3 4 " + "x".repeat(limit - 11) + "z")).isNotNull();
        assertThat(regexp.aborts()).isZero();
        assertThat(regexp.match("P 1 2 3 4 " + "x".repeat(limit - 10) + "z")).isNull();
        assertThat(regexp.aborts()).isEqualTo(1);
    }

    @Test
    void doesNotMultiplyRepeatsOut() {
        Regexp regexp = Regexp.compile("(?:(?:a{100}){100}){100}b?$");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(regexp.match("a".repeat(2000) + "!")).isNull());
    }
}

package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.match.RequiredLiterals.Clause;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is concluded from a pattern. Clauses are split by {@code &}, their literals by {@code |}; {@code ^} is at the start. */
class RequiredLiteralsTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " ~ ",
            value = {
                "^bench (\\S+) (.*) ~ ^[bench ] & [ ]",
                "^(\\S*) WORLD_ENV (\\S*) ~ [ WORLD_ENV ]",
                "^(A|B) (\\d+) end$ ~ ^[A ]|^[B ] & [ end]",
                "^(?:A|B|C)(?:1|2)x ~ ^[A1x]|^[B1x]|^[C1x]|^[A2x]|^[B2x]|^[C2x]",
                "^colou?r ~ ^[color]|^[colour]",
                "^GPS (x.*y|z) ~ ^[GPS x]|^[GPS z]",
                "a(b|.*long)c ~ [ab]|[long] & [c]",
                "(^a|b)c ~ ^[a]|[b] & [c]",
                "^a|b ~ ^[a]|[b]",
                "a|(.*) ~ ''",
                "(a|) ~ ''",
                "x(a|)y ~ [xay]|[xy]",
                "x(abc)+y ~ [xabc] & [y]",
                "x(abc){2}y ~ [xabc] & [y]",
                "x(abc)*y ~ [x] & [y]",
                "(?:ab)?c ~ [c]|[abc]",
                "\\Aab ~ ^[ab]",
                "^^ab ~ ^[ab]",
                "a^b ~ [a] & ^[b]",
                "(^)*ab ~ [ab]",
                "a(?=b)c ~ [a] & [c]",
                "(?i)abc ~ ''",
                "a(?i)bc ~ ''",
                "(a)\\1b ~ ''",
                "[ab]c ~ [c]",
                "\\Qa.b\\E+c ~ [a.b] & [c]",
            })
    void readsThemOffAPattern(String pattern, String expected) {
        String said = Regexp.compile(pattern).required().clauses().stream()
                .map(RequiredLiteralsTest::text)
                .collect(Collectors.joining(" & "));
        assertThat(said).isEqualTo(expected);
    }

    @Test
    void givesUpWhereThereAreTooManyWays() {
        String ways = Stream.iterate(0, i -> i + 1).limit(33).map(i -> "w" + i).collect(Collectors.joining("|"));
        assertThat(Regexp.compile("^(" + ways + ")end").required().allows("the end"))
                .isTrue();
        assertThat(Regexp.compile("^(" + ways + ")end").required().allows("w1en"))
                .isFalse();
        Regexp crossed = Regexp.compile("(a|b)".repeat(200));
        assertThat(crossed.required().clauses()).hasSizeLessThan(17);
        assertThat(crossed.match("ab".repeat(100))).isNotNull();
        Regexp longWays = Regexp.compile("(a|b)" + "x".repeat(900));
        assertThat(longWays.required().clauses()).hasSize(2);
        assertThat(longWays.match("-b" + "x".repeat(900))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "^a.*b, ab, true",
        "^a.*b, ba, false",
        "a.*b, xaxbx, true",
        "a.*b, ba, false",
        "aa.*a, aa, false",
        "(ab|b).*b, ab, false",
        "(ab|b).*b, bb, true"
    })
    void wantsThemInTheirOrder(String pattern, String text, boolean allowed) {
        assertThat(Regexp.compile(pattern).required().allows(text)).isEqualTo(allowed);
    }

    private static String text(Clause clause) {
        return clause.literals().stream()
                .map(literal -> (literal.atStart() ? "^[" : "[") + literal.text() + "]")
                .collect(Collectors.joining("|"));
    }
}

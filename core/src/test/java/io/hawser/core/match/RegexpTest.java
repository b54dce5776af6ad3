package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The language of a regexp: what it finds, names, translates and refuses ({@code specs/ivy.md} 1.6). */
class RegexpTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " ~ ",
            value = {
                "hello (.*) ~ say hello bob ~ [bob]",
                "x ~ axb ~ []",
                "^a(b)?c(d)?$ ~ ac ~ [, ]",
                "^a(b)?c(d)?$ ~ abc ~ [b, ]",
                "^a(b)?c(d)?$ ~ acd ~ [, d]",
                "^dot.end$ ~ dot€end ~ []",
                "'' ~ anything ~ []",
                "(?i)HeLLo$ ~ HELLO ~ []",
                "a++b ~ aaab ~ []",
                "^(?>q)r ~ qr ~ []",
                "\\Aab\\Z ~ ab ~ []",
                "^pub (\\S+) (.*)$ ~ pub A some text here ~ [A, some text here]",
                "(?P<n>a+)(?P=n) ~ xaaaa ~ [aa]",
                "(?<a_b>x)\\k<a_b>1 ~ xx1 ~ [x]",
                "^{\"cmd\": ~ {\"cmd\":1} ~ []",
                "x{,3} ~ x{,3} ~ []",
                "^a{2}b ~ aab ~ []",
                "\\Qa.b\\E+c ~ a.bbc ~ []",
                "a\\Q\\E*b ~ xb ~ []",
                "[\\Q]\\E]+ ~ a]] ~ []",
                "([]a]+)x ~ []ax ~ []a]",
                "\\bé? ~ ab ~ []",
                "1\\b ~ 1é ~ []",
            })
    void searchesAnywhere(String pattern, String text, String captures) {
        Captures found = Regexp.compile(pattern).match(text);
        assertThat(found).isNotNull().hasToString(captures);
    }

    @ParameterizedTest
    @CsvSource({"a.b, 'a\nb'", "^b, ab", "a$, ab", "'^x', 'a\nx'", "a*+a, aaa", "\\bb, ab"})
    void findsNothingWhereNothingIs(String pattern, String text) {
        assertThat(Regexp.compile(pattern).match(text)).isNull();
    }

    @Test
    void endsBeforeALastLineFeed() {
        assertThat(Regexp.compile("^a$").match("a\n")).isEqualTo(Captures.EMPTY);
        assertThat(Regexp.compile("^a$").match("a\r")).isNull();
    }

    @Test
    void knowsItsGroupsByName() {
        Regexp regexp = Regexp.compile("^(a)(?<first_one>b)(?:c)(?P<Second2>d)");
        Captures captures = Objects.requireNonNull(regexp.match("abcd"));
        assertThat(regexp.groupNames()).containsExactly("first_one", "Second2");
        assertThat(regexp.groups()).isEqualTo(3);
        assertThat(captures.get("first_one")).hasValue("b");
        assertThat(captures.get("Second2")).hasValue("d");
        assertThat(captures.get("a")).isEmpty();
        assertThat(captures.asList()).isEqualTo(List.of("a", "b", "d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?<=a)b", "(?<!a)b", "[(?<n>a)]", "\\Q(?<n>a)\\E", "\\(?<n>a", "(?:a)", "(?=a)", "(?i:a)"})
    void takesNothingElseForANamedGroup(String pattern) {
        assertThat(Regexp.compile(pattern).groupNames()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "(a, 2",
        "a), 1",
        "*a, 0",
        "ab[c, 3",
        "(?P<n>a)(?P<n>b), 8",
        "(?P<1>a), 5",
        "(?P=n), 0",
        "(?x) a b, 2",
        "(?P<long_name>a)(?<b>b)+(c, 26",
    })
    void saysWhereItIsWrong(String pattern, int offset) {
        RegexpException wrong = catchThrowableOfType(RegexpException.class, () -> Regexp.compile(pattern));
        assertThat(wrong).isNotNull();
        assertThat(wrong.offset()).isEqualTo(offset);
        assertThat(wrong.getMessage()).isNotBlank().doesNotContainPattern("\\p{Cc}");
    }

    @Test
    void saysItInOneLineWhateverThePatternHolds() {
        assertThatExceptionOfType(RegexpException.class)
                .isThrownBy(() -> Regexp.compile("\\p{a\n8 0\u0002b}"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cc}"));
    }

    @Test
    void refusesAPatternOneCharTooLongOrOneGroupTooDeep() {
        RegexpLimits limits = RegexpLimits.DEFAULT;
        String longest = "a".repeat(limits.maxPatternChars());
        assertThat(Regexp.compile(longest).match(longest)).isEqualTo(Captures.EMPTY);
        assertThatExceptionOfType(RegexpException.class).isThrownBy(() -> Regexp.compile(longest + "a"));
        String deepest = "(".repeat(limits.maxNesting()) + ")".repeat(limits.maxNesting());
        assertThat(Regexp.compile(deepest).groups()).isEqualTo(limits.maxNesting());
        assertThatExceptionOfType(RegexpException.class).isThrownBy(() -> Regexp.compile("(" + deepest + ")"));
    }

    @Test
    void takesOrRefusesWhateverComes() {
        String signs = "()[]{}<>?*+|^$.\\\\\\QEPpkxucNdswbBAzZ0123,:=!-&#ian_\n\0é\ud83d\ude00";
        for (int seed = 0; seed < 50_000; seed++) {
            Random random = new Random(seed);
            StringBuilder pattern = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                pattern.append(signs.charAt(random.nextInt(signs.length())));
            }
            Throwable thrown =
                    catchThrowable(() -> Regexp.compile(pattern.toString()).match("a1, =\n"));
            if (thrown != null) {
                assertThat(thrown).as("seed %s: %s", seed, pattern).isInstanceOf(RegexpException.class);
                assertThat(((RegexpException) thrown).offset()).isBetween(0, pattern.length());
                assertThat(thrown.getMessage()).doesNotContainPattern("\\p{Cc}");
            }
        }
    }
}

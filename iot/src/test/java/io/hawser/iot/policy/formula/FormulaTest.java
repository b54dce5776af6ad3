package io.hawser.iot.policy.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What formulas come to, and where texts stop being formulas ({@code specs/iot.md} 4.3). */
class FormulaTest {
    private static final Map<String, Value> CURRENT = Map.of(
            "a", Value.of(3),
            "b", Value.of(0.5),
            "on", Value.of(true),
            "off", Value.of(false),
            "name", Value.of("pump"),
            "since", new Value.DateTime(1_000),
            "max-speed_2", Value.of(9),
            "list", new Value.Sequence(List.of()));

    private static final Values VALUES = new Values() {
        @Override
        public Optional<Value> inProcess(String name) {
            return name.equals("a") ? Optional.of(Value.of(4)) : current(name);
        }

        @Override
        public Optional<Value> current(String name) {
            return Optional.ofNullable(CURRENT.get(name));
        }
    };

    private static double number(String formula) throws FormulaException {
        return Formula.parse(formula).number(VALUES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                // numbers and their operators, of one level from left to right
                "12 ~ 12",
                "1.5 ~ 1.5",
                ".5 ~ 0.5",
                "1 + 2 * 3 ~ 7",
                "(1 + 2) * 3 ~ 9",
                "7 - 2 - 1 ~ 4",
                "16 / 4 / 2 ~ 2",
                "17 % 5 * 2 ~ 4",
                "-17 % 5 ~ -2",
                "2 - -3 ~ 5",
                "- - + 3 ~ 3",
                "-$(a) * 2 ~ -8",
                "1 / 0 ~ Infinity",
                "0 / 0 ~ NaN",
                "1+1=2 ~ 1",
                // comparisons, of one level too
                "1 < 2 ~ 1",
                "2 < 1 ~ 0",
                "2 <= 2 ~ 1",
                "2 > 2 ~ 0",
                "3 >= 2 ~ 1",
                "2 = 2 ~ 1",
                "2 == 2 ~ 1",
                "2 != 2 ~ 0",
                "0 = -0 ~ 1",
                "0 > -0 ~ 0",
                "3 > 2 > 1 ~ 0",
                // OR and AND are of one level: from left to right
                "1 OR 0 ~ 1",
                "1 || 0 ~ 1",
                "0 OR 0 ~ 0",
                "1 AND 1 ~ 1",
                "1 && 0 ~ 0",
                "1 OR 1 AND 0 ~ 0",
                "0 AND 1 OR 1 ~ 1",
                "5 AND 2 ~ 1",
                "1 < 2 AND 2 < 3 ~ 1",
                // a choice holds only if its condition is exactly 1, NOT gives 0 only then
                "1 ? 2 : 3 ~ 2",
                "0 ? 2 : 3 ~ 3",
                "2 ? 2 : 3 ~ 3",
                "0 ? 1 : 0 ? 2 : 3 ~ 3",
                "1 ? 0 ? 4 : 5 : 6 ~ 5",
                "1 < 2 ? 10 : 20 ~ 10",
                "NOT 1 ~ 0",
                "!1 ~ 0",
                "NOT 0 ~ 1",
                "NOT 2 ~ 1",
                "NOT \"x\" ~ 1",
                "!(1 = 1) ~ 0",
                // attributes: on their way, else current; a bool is 1 or 0, a datetime its milliseconds
                "$(a) ~ 4",
                "$$(a) ~ 3",
                "$(b) ~ 0.5",
                "$(on) ~ 1",
                "$$(off) ~ 0",
                "$(on) ? 7 : 8 ~ 7",
                "$(since) + 1 ~ 1001",
                "$(max-speed_2)-1 ~ 8",
                "$(a)-$$(a) ~ 1",
                // strings
                "\"a\" = \"a\" ~ 1",
                "\"a\" = \"b\" ~ 0",
                "\"a\" != \"b\" ~ 1",
                "\"a\" < \"b\" ~ 1",
                "\"\" = \"\" ~ 1",
                "$(name) = \"pump\" ~ 1",
                "\"pu\" + \"mp\" = $(name) ~ 1",
                "UPPER($(name)) = \"PUMP\" ~ 1",
                "LOWER(\"A\" + \"B\") = \"ab\" ~ 1",
                // different types
                "1 = \"1\" ~ 0",
                "1 != \"1\" ~ 1",
                "1 < \"2\" ~ 0",
                "\"2\" > 1 ~ 0",
                "1 + \"1\" ~ NaN",
                "\"a\" - \"a\" ~ NaN",
                "-\"a\" ~ NaN",
                "+\"a\" ~ NaN",
                "UPPER(1) ~ NaN",
                "\"a\" OR 0 ~ 0",
                "\"a\" AND 1 ~ 0",
                "1 LIKE \"1\" ~ 0",
            })
    void aFormulaComesToItsNumber(String formula, Double expected) throws Exception {
        assertThat(number(formula)).isEqualTo(expected);
    }

    /** The rules about NaN, which stands for what nobody knows: here {@code $(x)}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "$(x) ~ NaN",
                "$$(x) ~ NaN",
                "$(list) ~ NaN",
                "$(x) + 1 ~ NaN",
                "-$(x) ~ NaN",
                "$(x) OR 0 ~ 1",
                "$(x) OR 1 ~ 1",
                "$(x) OR $(x) ~ 0",
                "1 OR $(x) ~ 1",
                "0 OR $(x) ~ 0",
                "$(x) AND 1 ~ 0",
                "1 AND $(x) ~ 0",
                "$(x) AND $(x) ~ 0",
                "$(x) > 1 ~ 0",
                "$(x) >= 1 ~ 0",
                "$(x) < 1 ~ 0",
                "$(x) <= 1 ~ 0",
                "$(x) = 1 ~ 0",
                "$(x) != 1 ~ 0",
                "$(x) = $(x) ~ 0",
                "$(x) >= $(x) ~ 0",
                "1 > $(x) ~ 1",
                "1 >= $(x) ~ 1",
                "1 < $(x) ~ 1",
                "1 <= $(x) ~ 1",
                "1 = $(x) ~ 0",
                "1 != $(x) ~ 1",
                "\"a\" > $(x) ~ 0",
                "NOT $(x) ~ 1",
                "$(x) ? 1 : 2 ~ 2",
            })
    void whatNobodyKnowsIsNaN(String formula, Double expected) throws Exception {
        assertThat(number(formula)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "pump ~ pump ~ 1",
                "pump ~ pum ~ 0",
                "pump ~ p% ~ 1",
                "pump ~ %m% ~ 1",
                "pump ~ p__p ~ 1",
                "pump ~ p_p ~ 0",
                "50% ~ 50\\% ~ 1",
                "500 ~ 50\\% ~ 0",
                "a_b ~ a\\_b ~ 1",
                "acb ~ a\\_b ~ 0",
                "a\\b ~ a\\\\b ~ 1",
            })
    void likeKnowsAnyTextOneCharacterAndEscapes(String text, String pattern, double expected) throws Exception {
        assertThat(number("\"" + text + "\" LIKE \"" + pattern + "\"")).isEqualTo(expected);
    }

    /** Defect of the original, {@code specs/iot.md} 4.3: what is left of a pattern is a regexp there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "abc ~ a.c ~ 0",
                "a.c ~ a.c ~ 1",
                "aaa ~ a* ~ 0",
                "a* ~ a* ~ 1",
                "b ~ [abc] ~ 0",
                "(a) ~ (a) ~ 1",
                "a|b ~ a|b ~ 1",
                "a ~ a|b ~ 0",
                "( ~ ( ~ 1",
                "x+ ~ _+ ~ 1",
            })
    void likeIsNoRegexp(String text, String pattern, double expected) throws Exception {
        assertThat(number("\"" + text + "\" LIKE \"" + pattern + "\"")).isEqualTo(expected);
    }

    @Test
    void likeIsNotSlowWhateverThePattern() {
        String formula = "$(s) LIKE \"" + "%a".repeat(1_000) + "%b\"";
        Value text = Value.of("a".repeat(60_000));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(Formula.parse(formula).number(only(text))).isZero());
    }

    @Test
    void aFormulaCanComeToAString() throws Exception {
        assertThat(Formula.parse("\"is \" + ($(on) ? \"on\" : \"off\")").value(VALUES))
                .isEqualTo(Value.of("is on"));
        assertThat(Formula.parse("\"12\"").number(VALUES)).isNaN();
    }

    @Test
    void noStringGrowsBeyondWhatCanBeSent() throws Exception {
        Value text = Value.of("x".repeat(40_000));
        assertThat(Formula.parse("$(s) + $(s)").number(only(text))).isNaN();
        assertThat(Formula.parse("$(s) + \"y\"").value(only(text))).isEqualTo(Value.of("x".repeat(40_000) + "y"));
    }

    @Test
    void aFormulaTellsWhichAttributesItNeedsOnTheirWay() throws Exception {
        Formula formula = Formula.parse("$(a) > 1 ? UPPER($(b)) : -$$(c) + $(d) + $(a)");
        assertThat(formula.inProcess()).containsExactlyInAnyOrder("a", "b", "d");
        assertThat(formula.attributes()).containsExactly("a", "b", "c", "d");
        assertThat(formula).hasToString(formula.text()).isEqualTo(Formula.parse(formula.text()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "'' ~ 1 ~ a value is expected, not the end",
                "'   ' ~ 4 ~ a value is expected, not the end",
                "1 + ~ 4 ~ a value is expected, not the end",
                "1 2 ~ 3 ~ an operator or the end is expected, not a number",
                "1 + * 2 ~ 5 ~ a value is expected, not *",
                "(1 ~ 3 ~ an operator or ) is expected, not the end",
                "1) ~ 2 ~ an operator or the end is expected, not )",
                "$(a ~ 4 ~ the name of the attribute must end in ), not the end",
                "$(a > 1) ~ 4 ~ the name of the attribute must end in ), not the character U+000020",
                "$() ~ 3 ~ the name of an attribute is expected, not )",
                "$a ~ 2 ~ ( must follow, as in $(name), not a",
                "$$$(a) ~ 3 ~ ( must follow, as in $(name), not $",
                "\"abc ~ 5 ~ a \" must end the string that begins at character 1, not the end",
                "1 ? 2 ~ 6 ~ a : is expected, and what holds if the condition does not, not the end",
                "1 ? : 3 ~ 5 ~ a value is expected, not :",
                "humidity > 1 ~ 1 ~ a value, or one of the functions UPPER and LOWER, is expected, not humidity",
                "SQRT(4) ~ 1 ~ a value, or one of the functions UPPER and LOWER, is expected, not SQRT",
                "UPPER \"a\" ~ 7 ~ ( must follow UPPER, not a string",
                "UPPER(\"a\", 1) ~ 10 ~ an operator or ) is expected, not ,",
                "1. ~ 3 ~ a digit must follow the point, not the end",
                ". ~ 2 ~ a digit must follow the point, not the end",
                "1 & 2 ~ 3 ~ a value or an operator is expected, not &",
                "1 AND ~ 6 ~ a value is expected, not the end",
                "a\u0000b ~ 2 ~ a value or an operator is expected, not the character U+000000",
                "1 and 2 ~ 3 ~ an operator or the end is expected, not and",
            })
    void aTextThatIsNoFormulaIsRefusedAtItsPlace(String text, int position, String reason) {
        assertThatThrownBy(() -> Formula.parse(text))
                .isInstanceOfSatisfying(FormulaException.class, wrong -> assertThat(wrong.position())
                        .isEqualTo(position))
                .hasMessage("at character " + position + ": " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "NOT ", "1?1:", "UPPER("})
    void aFormulaMayBeDeepButNotDeeper(String level) throws Exception {
        FormulaLimits limits = new FormulaLimits(1_000, 10);
        String close = level.endsWith("(") ? ")" : "";
        String right = level.repeat(9) + "1" + close.repeat(9);
        assertThat(Formula.parse(right, limits)).isNotNull();
        assertThatThrownBy(() -> Formula.parse(level.repeat(10) + "1" + close.repeat(10), limits))
                .hasMessageContaining("at most 10 levels within one another are read");
    }

    @Test
    void aFormulaMayBeLongButNotLonger() throws Exception {
        String longest = "1" + "+1".repeat(2_047) + " ";
        assertThat(number(longest)).isEqualTo(2_048);
        assertThatThrownBy(() -> Formula.parse(longest + " "))
                .isInstanceOf(FormulaException.class)
                .hasMessage("at character 4097: at most 4096 characters are read, not more");
        assertThatThrownBy(() -> new FormulaLimits(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Values only(Value value) {
        return new Values() {
            @Override
            public Optional<Value> inProcess(String name) {
                return Optional.of(value);
            }

            @Override
            public Optional<Value> current(String name) {
                return Optional.of(value);
            }
        };
    }
}

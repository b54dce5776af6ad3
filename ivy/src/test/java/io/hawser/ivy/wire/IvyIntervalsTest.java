package io.hawser.ivy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IvyIntervalsTest {
    @ParameterizedTest
    @CsvSource({
        "1,5",
        "7,7",
        "0,0",
        "0,10",
        "20,25",
        "99,101",
        "-10,20",
        "-10,-5",
        "-1,1",
        "-7,0",
        "5,1",
        "1,1999",
        "-1999,999",
        "-100,-99"
    })
    void anIntegerIntervalIsExactlyItsIntegers(int one, int other) {
        Pattern pattern = Pattern.compile("^" + IvyIntervals.expand("(?I" + one + "#" + other + "i)"));
        for (int n = -2_000; n <= 2_000; n++) {
            boolean inside = Math.min(one, other) <= n && n <= Math.max(one, other);
            assertThat(pattern.matcher(n + " x").find()).as("%d", n).isEqualTo(inside);
            assertThat(pattern.matcher(n + ".5").find()).as("%d.5", n).isFalse();
        }
    }

    @Test
    void aDecimalIntervalIsExactlyItsNumbers() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int one = random.nextInt(600) - 300;
            int other = random.nextInt(600) - 300;
            Pattern pattern = Pattern.compile("^v " + IvyIntervals.expand("(?I" + one + "#" + other + ")") + "$");
            int hundredths = random.nextInt(80_000) - 40_000;
            boolean inside = Math.min(one, other) * 100 <= hundredths && hundredths <= Math.max(one, other) * 100;
            String number = (hundredths < 0 ? "-" : "") + Math.abs(hundredths) / 100 + "."
                    + Math.abs(hundredths) % 100 / 10 + Math.abs(hundredths) % 10;
            assertThat(pattern.matcher("v " + number).find())
                    .as("seed %d: %s in %d to %d", seed, number, one, other)
                    .isEqualTo(inside);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.5,true", "5.0,true", "5.5,false", "5,true", "15,false", "1.5.2,false", "0.9,false", "05,false"})
    void hasTheEdgesOfTheReference(String number, boolean inside) {
        assertThat(Pattern.compile("^" + IvyIntervals.expand("(?I1#5f)"))
                        .matcher(number)
                        .find())
                .isEqualTo(inside);
    }

    @Test
    void severalMayStandInOneRegexpAndCaptureNothingByThemselves() {
        Pattern pattern = Pattern.compile(IvyIntervals.expand("^at ((?I0#359i)) ((?I-90#90))$"));
        var matcher = pattern.matcher("at 359 -89.5");
        assertThat(matcher.find()).isTrue();
        assertThat(matcher.groupCount()).isEqualTo(2);
        assertThat(matcher.group(1) + " " + matcher.group(2)).isEqualTo("359 -89.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^x (.*)", "a\\(?I1", "[(?I]x", "[^\\](?I]", ""})
    void leavesEverythingElseAlone(String regexp) {
        assertThat(IvyIntervals.expand(regexp)).isEqualTo(regexp);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(?I)", "(?I1)", "(?I1#)", "(?I1#x)", "(?I1#5x)", "(?I1#5", "x(?I1.5#2)", "(?I1#99999999999)"})
    void refusesAWrongInterval(String regexp) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IvyIntervals.expand(regexp))
                .withMessageContaining("'" + regexp + "'")
                .withMessageContaining("expected for example");
    }
}

package io.hawser.iot.policy.formula;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hawser.core.value.Value;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text, it is a formula that has a value, or is refused at a place within it. */
class FormulaFuzzTest {
    private static final String[] WORDS = {
        "$(a)", "$$(b)", "1", ".5", "\"x\"", "(", ")", "?", ":", "OR", "&&", "=", "!=", "<", ">=", "LIKE", "+", "-",
        "*", "/", "%", "NOT", "!", "UPPER(", "LOWER", ",", "$", "\"", "\\", " ", "é", "\ud800", "name"
    };
    private static final Values VALUES = new Values() {
        @Override
        public Optional<Value> inProcess(String name) {
            return name.isEmpty() ? Optional.empty() : Optional.of(Value.of(name.length()));
        }

        @Override
        public Optional<Value> current(String name) {
            return Optional.of(Value.of(name));
        }
    };

    @FuzzTest
    void anyBytesGiveAFormulaOrARefusal(byte[] bytes) {
        readsOrRefuses(new String(bytes, UTF_8));
    }

    @Test
    void randomWordsGiveAFormulaOrARefusal() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int words = random.nextInt(12); words >= 0; words--) {
                text.append(WORDS[random.nextInt(WORDS.length)]);
            }
            try {
                read += readsOrRefuses(text.toString()) ? 1 : 0;
            } catch (AssertionError | RuntimeException wrong) {
                throw new AssertionError("seed " + seed + ": " + text, wrong);
            }
        }
        assertThat(read).as("formulas among them, seed %d", seed).isGreaterThan(50);
    }

    private static boolean readsOrRefuses(String text) {
        try {
            assertThat(Formula.parse(text).value(VALUES)).isInstanceOfAny(Value.Real.class, Value.Str.class);
            return true;
        } catch (FormulaException refused) {
            assertThat(refused.position()).isBetween(1, text.length() + 1);
            assertThat(refused.expected()).isNotBlank();
            assertThat(refused.reason()).hasSizeLessThan(300);
            return false;
        }
    }
}

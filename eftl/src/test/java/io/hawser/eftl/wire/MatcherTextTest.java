package io.hawser.eftl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.match.ContentMatcher;
import io.hawser.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTextTest {
    private final EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);

    @Test
    void readsEveryPredicate() throws Exception {
        assertThat(codec.matcher(" { \"s\" : \"x\", \"l\":-9223372036854775808,\"p\":true,\"a\":false } "))
                .isEqualTo(new ContentMatcher(List.of(
                        new ContentMatcher.Equal("s", Value.of("x")),
                        new ContentMatcher.Equal("l", Value.of(Long.MIN_VALUE)),
                        new ContentMatcher.Present("p"),
                        new ContentMatcher.Absent("a"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "{}", " { } "})
    void nothingToMatchMatchesAll(String text) throws Exception {
        assertThat(codec.matcher(text)).isSameAs(ContentMatcher.ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{bad~not valid JSON",
                "{\"a\":1~not valid JSON",
                "{\"a\":1,}~not valid JSON",
                "{'a':1}~not valid JSON",
                "{\"a\":01}~not valid JSON",
                "{\"a\":NaN}~not valid JSON",
                "[]~a JSON object",
                "1~a JSON object",
                "\"x\"~a JSON object",
                "true~a JSON object",
                "{} x~not valid JSON",
                "{}{}~after the matcher",
                "null 1~after the matcher",
                "{\"x\":1.5}~value for x must be",
                "{\"x\":1.0}~value for x must be",
                "{\"x\":1e3}~value for x must be",
                "{\"x\":null}~value for x must be",
                "{\"x\":[1]}~value for x must be",
                "{\"x\":{}}~value for x must be",
                "{\"x\":9223372036854775808}~64 bits",
                "{\"x\":1,\"y\":2,\"x\":1}~names x twice",
                "{\"\":1}~1 to 256 bytes",
            })
    void whatIsNoMatcherIsRefusedAndSaysWhy(String row) {
        String[] parts = row.split("~", 2);
        assertThatThrownBy(() -> codec.matcher(parts[0])).isInstanceOfSatisfying(ProtocolException.class, refused -> {
            assertThat(refused.code()).isEqualTo(22);
            assertThat(refused.fatal()).isFalse();
            assertThat(refused.reason()).contains(parts[1]);
        });
    }
}

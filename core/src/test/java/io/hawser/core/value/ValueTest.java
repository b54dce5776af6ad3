package io.hawser.core.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValueTest {
    @Test
    void infersNumbersAndLeavesTheRestAsText() {
        assertThat(Value.infer("7")).isEqualTo(Value.of(7));
        assertThat(Value.infer("-7")).isEqualTo(Value.of(-7));
        assertThat(Value.infer("0")).isEqualTo(Value.of(0));
        assertThat(Value.infer("9223372036854775807")).isEqualTo(Value.of(Long.MAX_VALUE));
        assertThat(Value.infer("9223372036854775808")).isEqualTo(Value.of("9223372036854775808"));
        assertThat(Value.infer("1.5")).isEqualTo(Value.of(1.5));
        assertThat(Value.infer("-0.25")).isEqualTo(Value.of(-0.25));
        assertThat(Value.infer("1e3")).isEqualTo(Value.of(1000.0));
        assertThat(Value.infer("007")).isEqualTo(Value.of("007"));
        assertThat(Value.infer("1.")).isEqualTo(Value.of("1."));
        assertThat(Value.infer("")).isEqualTo(Value.of(""));
        assertThat(Value.infer("NaN")).isEqualTo(Value.of("NaN"));
        assertThat(Value.infer("7 8")).isEqualTo(Value.of("7 8"));
    }
}

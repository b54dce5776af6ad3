package io.hawser.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueBytesTest {
    private static final BytesLimits LIMITS = new BytesLimits(64, 2);
    private static final ValueBytes VALUES = new ValueBytes(LIMITS);

    private static Value read(String hex) throws BytesException {
        ByteReader in = new ByteReader(HexFormat.of().parseHex(hex), LIMITS);
        Value value = VALUES.value(in);
        in.end();
        return value;
    }

    @Test
    void writesWhatTheDrawingSays() throws BytesException {
        ByteWriter out = new ByteWriter();
        VALUES.write(out, Fields.builder().put("a", 1).put("b", "x").build());
        assertThat(HexFormat.of().formatHex(out.toByteArray()))
                .isEqualTo("02" + "0261" + "020000000000000001" + "0262" + "010278");
    }

    @ParameterizedTest
    @CsvSource({
        "'', cut off",
        "0a, no kind of value 10",
        "00, no kind of value 0",
        "0110, cut off",
        "02ff, cut off",
        "0402, neither yes nor no",
        "01fe, cut off",
        "01feffffffffffffff7f, cut off",
        "01ffffffffffffffffffff, a count without end",
        "0102ff, no UTF-8 text",
        "010361, no UTF-16BE text",
        "06ffffffff0f, cut off",
        "07ffffffff0f, things cannot be",
        "08ffffffff0f, things cannot be",
        "07020261090261" + "09, stands twice",
        "0801080108010801" + "09, deeper than 2",
        "070102610701026107010261" + "09, deeper than 2",
        "0900, bytes too many",
    })
    void refusesWhatIsMalformed(String hex, String why) {
        assertThatThrownBy(() -> read(hex)).isInstanceOf(BytesException.class).hasMessageContaining(why);
    }

    @Test
    void refusesMoreBytesThanTheLimit() throws BytesException {
        assertThat(new ByteReader(new byte[64], LIMITS).left()).isEqualTo(64);
        assertThatThrownBy(() -> new ByteReader(new byte[65], LIMITS)).hasMessageContaining("the limit is 64");
    }

    @Test
    void neitherWritesNorReadsDeeperThanTheLimit() throws BytesException {
        Value two = new Value.Sequence(List.of(new Value.Sequence(List.of())));
        VALUES.write(new ByteWriter(), two);
        assertThatThrownBy(() -> VALUES.write(new ByteWriter(), new Value.Sequence(List.of(two))))
                .hasMessageContaining("deeper than 2");
    }
}

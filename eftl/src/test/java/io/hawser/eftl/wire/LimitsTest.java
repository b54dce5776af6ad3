package io.hawser.eftl.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit: what just fits, and one more. */
class LimitsTest {
    private final EftlCodec codec = new EftlCodec(new EftlLimits(4, 9, 12, 15, 30, 2, 20));

    private Optional<String> refusal(String text) {
        return Malformed.of(codec, text.getBytes(UTF_8)).map(ProtocolException::reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            {"op":8,"body":{"a":{"a":{"a":{}}}}}     ~ {"op":8,"body":{"a":{"a":{"a":{"a":1}}},"a":[[[[]]]]}} ~ deeper than 4
            {"op":8,"body":{"a":[[[1]]]}}            ~ {"op":8,"body":{"a":[[[[]]]]}}      ~ deeper than 4
            {"op":8,"body":{"a":[[{"_d_":1}]]}}      ~ {"op":8,"body":{"a":[[[{"_d_":1}]]]}} ~ deeper than 4
            {"op":8,"body":{"123456789":1}}          ~ {"op":8,"body":{"1234567890":1}}    ~ longer than 9 bytes
            {"op":8,"body":{"€€€":1}}                ~ {"op":8,"body":{"€€€a":1}}          ~ longer than 9 bytes
            {"op":8,"body":{"😀😀a":1}}              ~ {"op":8,"body":{"😀😀ab":1}}        ~ longer than 9 bytes
            {"op":8,"body":{"ééééa":1}}              ~ {"op":8,"body":{"ééééé":1}}         ~ longer than 9 bytes
            {"op":18,"map":"123456789"}              ~ {"op":18,"map":"1234567890"}        ~ longer than 9 bytes
            {"op":3,"id":"1","durable":"123456789"}  ~ {"op":3,"id":"1","durable":"1234567890"} ~ longer than 9 bytes
            {"op":3,"id":"123456789012"}             ~ {"op":3,"id":"1234567890123"}       ~ longer than 12 bytes
            {"op":1,"id_token":"123456789012"}       ~ {"op":1,"id_token":"1234567890123"} ~ longer than 12 bytes
            {"op":1,"user":"123456789012345"}        ~ {"op":1,"user":"1234567890123456"}  ~ longer than 15 bytes
            {"op":1,"login_options":{"a":1,"b":1,"a":2}} ~ {"op":1,"login_options":{"a":1,"b":1,"c":2}} ~ more than 2
            {"op":1,"login_options":{"123456789":1}} ~ {"op":1,"login_options":{"1234567890":1}} ~ option is too long
            {"op":3,"id":"1","matcher":"123456789012345678901234567890"} ~ {"op":3,"id":"1","matcher":"1234567890123456789012345678901"} ~ longer than 30 bytes
            {"op":8,"body":{"a":-9223372036854775808}} ~ {"op":8,"body":{"a":123456789012345678901}} ~ too long a number
            {"op":0,"x":[[[[[[[1]]]]]]]}             ~ {"op":0,"x":[[[[[[[[1]]]]]]]]}      ~ nested too deep
            """)
    void whatJustFitsIsReadAndOneMoreIsRefused(String fits, String tooMuch, String reason) {
        assertThat(refusal(fits)).isEmpty();
        assertThat(refusal(tooMuch)).hasValueSatisfying(said -> assertThat(said).contains(reason));
    }

    @Test
    void tooDeepABodyIsStillAnsweredByItsNumber() {
        ProtocolException refused = Malformed.of(
                        codec, "{\"op\":8,\"body\":{\"a\":[[[[]]]],\"b\":{}},\"seq\":5}".getBytes(UTF_8))
                .orElseThrow();

        assertThat(refused.seq()).hasValue(5);
        assertThat(refused.fatal()).isFalse();
    }

    @Test
    void aMatchersNamesTextsAndLengthAreLimited() throws Exception {
        assertThat(codec.matcher("{\"123456789\":\"123456789\"}").predicates()).hasSize(1);
        assertThat(codec.matcher("{\"a\":1}                       ").predicates())
                .hasSize(1);
        for (String tooMuch :
                new String[] {"{\"1234567890\":1}", "{\"a\":\"1234567890\"}", "{\"a\":1}                        "}) {
            assertThatThrownBy(() -> codec.matcher(tooMuch))
                    .isInstanceOfSatisfying(ProtocolException.class, refused -> assertThat(refused.code())
                            .isEqualTo(22));
        }
    }

    @Test
    void whatCouldNotBeReadIsNotWritten() throws Exception {
        Fields deep = Fields.EMPTY;
        for (int depth = 1; depth < 4; depth++) {
            deep = Fields.of("a", new Value.Nested(deep));
        }
        assertThat(codec.bodies().encode(deep).json()).hasSize(20);
        Fields deeper = Fields.of("a", new Value.Nested(deep));
        assertThatThrownBy(() -> codec.bodies().encode(deeper)).isInstanceOf(ProtocolException.class);
        Fields longName = Fields.of("1234567890", Value.of(1));
        assertThatThrownBy(() -> codec.bodies().encode(longName)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void limitsWithoutAnyRoomAreRefused() {
        assertThatThrownBy(() -> new EftlLimits(0, 9, 12, 15, 30, 2, 20)).isInstanceOf(IllegalArgumentException.class);
    }
}

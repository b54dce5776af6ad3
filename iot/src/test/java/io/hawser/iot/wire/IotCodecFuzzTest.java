package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hawser.core.value.Fields;
import java.util.List;

/**
 * Whatever the bytes, only a {@link ProtocolException} escapes, and what was understood is said again without loss. Without a
 * fuzzer it replays the inputs beside it.
 */
class IotCodecFuzzTest {
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    @FuzzTest
    void anyBytesGiveMessagesOrARefusal(byte[] bytes) throws Exception {
        List<IotMessage> messages;
        try {
            messages = CODEC.read(bytes);
        } catch (ProtocolException refused) {
            assertThat(refused.reason()).isNotBlank().hasSizeLessThan(400);
            return;
        }
        byte[] once = CODEC.write(messages);
        assertThat(CODEC.write(CODEC.read(once))).isEqualTo(once);
    }

    @FuzzTest
    void anyBytesGiveATokenAnActivationAPathOrARefusal(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        refusesOrReads(() -> Assertion.parse(text, IotLimits.DEFAULT));
        refusesOrReads(() -> DevicePath.parse(DevicePath.parse(text).url()));
        refusesOrReads(() -> TokenRequest.read(bytes, IotLimits.DEFAULT));
        refusesOrReads(() -> PolicyChange.read(bytes, JSON));
        refusesOrReads(() -> {
            Fields fields = JSON.object(bytes);
            assertThat(JSON.object(Json.write(fields))).isNotNull();
            refusesOrReads(() -> TokenAnswer.of(fields));
            refusesOrReads(() -> ActivationPolicy.of(fields));
            refusesOrReads(() -> ActivationAnswer.of(fields));
            refusesOrReads(() -> IndirectActivation.of(fields));
            refusesOrReads(() -> DirectActivation.of(fields).verify(bytes));
            return Problem.of(fields);
        });
    }

    private interface Reading {
        Object read() throws ProtocolException;
    }

    private static void refusesOrReads(Reading reading) {
        try {
            assertThat(reading.read()).isNotNull();
        } catch (ProtocolException refused) {
            assertThat(refused.reason()).isNotBlank().hasSizeLessThan(400);
        }
    }
}

package io.hawser.core.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.bytes.ValueBytes;
import io.hawser.core.message.Message;
import io.hawser.core.value.Value;

/**
 * Whatever the bytes, only a {@link BytesException} escapes, and what was understood is written again without loss. Without
 * a fuzzer it replays the inputs beside it.
 */
class StoredBytesFuzzTest {
    private static final BytesLimits LIMITS = BytesLimits.DEFAULT;
    private static final MessageBytes MESSAGES = new MessageBytes(LIMITS);
    private static final ValueBytes VALUES = new ValueBytes(LIMITS);

    @FuzzTest
    void anyBytesGiveAMessageOrARefusal(byte[] bytes) throws Exception {
        Message message;
        try {
            message = MESSAGES.read(bytes);
        } catch (BytesException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        byte[] once = MESSAGES.write(message);
        Message again = MESSAGES.read(once);
        assertThat(MESSAGES.write(again)).isEqualTo(once);
        assertThat(again.topic()).isEqualTo(message.topic());
        assertThat(again.headers()).isEqualTo(message.headers());
        assertThat(again.weight()).isEqualTo(message.weight());
        assertThat(again.text()).isEqualTo(message.text());
        assertThat(again.fields()).isEqualTo(message.fields());
    }

    @FuzzTest
    void anyBytesGiveAValueOrARefusal(byte[] bytes) throws Exception {
        Value value;
        try {
            value = VALUES.value(new ByteReader(bytes, LIMITS));
        } catch (BytesException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        assertThat(VALUES.value(new ByteReader(written(value), LIMITS))).isEqualTo(value);
    }

    private static byte[] written(Value value) throws BytesException {
        ByteWriter out = new ByteWriter();
        VALUES.write(out, value);
        return out.toByteArray();
    }

    @FuzzTest
    void anyBytesGiveSettingsOrARefusal(byte[] bytes) throws Exception {
        DurableSettings settings;
        try {
            settings = SettingsBytes.read(bytes);
        } catch (BytesException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        assertThat(SettingsBytes.read(SettingsBytes.write(settings))).isEqualTo(settings);
    }
}

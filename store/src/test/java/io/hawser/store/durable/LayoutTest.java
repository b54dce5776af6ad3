package io.hawser.store.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.message.TestMessages;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
    @Test
    void aRecordWithAnyBitFlippedOrCutIsNamed() throws BytesException {
        byte[] record =
                Layout.record(77, List.of(1, 300), TestMessages.numbered(5).encoded(Layout.BODY));
        assertThat(Layout.kept(77, record).durables()).containsExactly(1, 300);
        assertThat(Layout.keepers(77, record)).containsExactly(1, 300);
        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] flipped = record.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Layout.kept(77, flipped)).hasMessageContaining("message 77");
        }
        for (int length = 0; length < record.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(record, length);
            assertThatThrownBy(() -> Layout.kept(77, cut)).hasMessageContaining("message 77");
        }
        assertThatThrownBy(() -> Layout.kept(78, record)).hasMessageContaining("message 78");
    }
}

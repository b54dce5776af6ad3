package io.hawser.clever.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Whatever the bytes, only a {@link ProtocolException} escapes, and what was understood is said again without loss. Without a
 * fuzzer it replays the inputs beside it.
 */
class CleverCodecFuzzTest {
    private static final CleverCodec CODEC = new CleverCodec(CleverLimits.DEFAULT);

    @FuzzTest
    void anyBytesGiveAFrameOrARefusal(byte[] bytes) throws Exception {
        if (bytes.length < 2) {
            return;
        }
        int length = Math.min(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff), bytes.length - 2);
        CleverFrame frame;
        try {
            CleverHead head = CODEC.head(Arrays.copyOfRange(bytes, 2, 2 + length));
            if (head.stream().isPresent() || head.skip().isPresent()) {
                return;
            }
            frame = CODEC.read(head, Arrays.copyOfRange(bytes, 2 + length, bytes.length));
        } catch (ProtocolException refused) {
            assertThat(refused.reason()).isNotBlank();
            return;
        }
        if (!(frame instanceof CleverFrame.Ignored)) {
            byte[] once = CODEC.write(frame);
            assertThat(CODEC.write(GoldenFramesTest.read(once))).isEqualTo(once);
        }
    }
}

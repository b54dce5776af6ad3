package io.hawser.eftl.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hawser.core.match.ContentMatcher;

/**
 * Whatever the bytes, only a {@link ProtocolException} escapes, and what was understood is said again without loss.
 * Without a fuzzer it replays the inputs beside it.
 */
class EftlCodecFuzzTest {
    private static final EftlCodec CODEC = new EftlCodec(EftlLimits.DEFAULT);

    @FuzzTest
    void anyBytesGiveAFrameOrARefusal(byte[] bytes) throws Exception {
        try {
            client(CODEC.readClient(bytes));
        } catch (ProtocolException refused) {
            assertThat(refused.reason()).isNotBlank();
        }
        try {
            server(CODEC.readServer(bytes));
        } catch (ProtocolException refused) {
            assertThat(refused.reason()).isNotBlank();
        }
    }

    @FuzzTest
    void anyTextGivesAMatcherOrARefusal(byte[] bytes) {
        try {
            ContentMatcher matcher = CODEC.matcher(new String(bytes, UTF_8));
            assertThat(matcher.predicates()).doesNotHaveDuplicates();
        } catch (ProtocolException refused) {
            assertThat(refused.code()).isEqualTo(22);
        }
    }

    /** The first writing may lose what eFTL cannot say; from then on nothing changes. */
    private static void client(ClientFrame frame) {
        byte[] once = CODEC.write(frame);
        try {
            assertThat(CODEC.write(CODEC.readClient(once))).isEqualTo(once);
        } catch (ProtocolException refused) {
            throw new AssertionError(new String(once, UTF_8), refused);
        }
    }

    private static void server(ServerFrame frame) {
        byte[] once = CODEC.write(frame);
        try {
            assertThat(CODEC.write(CODEC.readServer(once))).isEqualTo(once);
        } catch (ProtocolException refused) {
            throw new AssertionError(new String(once, UTF_8), refused);
        }
    }
}

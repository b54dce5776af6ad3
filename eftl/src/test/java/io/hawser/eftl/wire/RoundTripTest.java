package io.hawser.eftl.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static final int FRAMES = 5_000;

    private final EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);

    private RandomFrames frames(int seed) {
        return new RandomFrames(new Random(seed), codec.bodies());
    }

    @Test
    void clientFramesComeBackEqual() throws Exception {
        for (int seed = 0; seed < FRAMES; seed++) {
            ClientFrame frame = frames(seed).client();
            byte[] text = codec.write(frame);
            assertThat(codec.readClient(text))
                    .as("seed %d: %s", seed, new String(text, UTF_8))
                    .isEqualTo(frame);
        }
    }

    @Test
    void serverFramesComeBackEqual() throws Exception {
        for (int seed = 0; seed < FRAMES; seed++) {
            ServerFrame frame = frames(seed).server();
            byte[] text = codec.write(frame);
            assertThat(codec.readServer(text))
                    .as("seed %d: %s", seed, new String(text, UTF_8))
                    .isEqualTo(frame);
        }
    }

    @Test
    void whatWeWriteIsHandedOnByteByByte() throws Exception {
        for (int seed = 0; seed < FRAMES; seed++) {
            Body body = frames(seed).body();
            Body again = codec.bodies().decode(body.json());
            assertThat(again).as("seed %d", seed).isEqualTo(body);
            assertThat(again.json()).as("seed %d", seed).isEqualTo(body.json());
        }
    }

    @Test
    void aCutFrameIsRefusedWhereverItIsCut() throws Exception {
        IntFunction<byte[]> text = seed -> {
            try {
                return codec.write(frames(seed).client());
            } catch (ProtocolException e) {
                throw new AssertionError("seed " + seed, e);
            }
        };
        for (int seed = 0; seed < 60; seed++) {
            byte[] whole = text.apply(seed);
            for (int length = 0; length < whole.length; length++) {
                assertThat(Malformed.of(codec, Arrays.copyOf(whole, length)))
                        .as("seed %d cut to %d", seed, length)
                        .isPresent();
            }
        }
    }
}

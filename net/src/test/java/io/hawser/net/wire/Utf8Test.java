package io.hawser.net.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain ascii, more than eight", "\u00e9\u07ff", "\u0800\ud7ff\ue000\uffff", "x\ud83d\ude80"})
    void takesWhatJavaWrites(String text) {
        assertThat(Utf8.isValid(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c1bf",
                "c3",
                "c328",
                "e08080",
                "e09fbf",
                "e282",
                "eda080",
                "edbfbf",
                "f0808080",
                "f08fbfbf",
                "f09f98",
                "f4908080",
                "f5808080",
                "ff",
                "6162636465666768ff",
                "61626364656667c3",
            })
    void rejectsWhatIsNotUtf8(String hex) {
        assertThat(Utf8.isValid(HexFormat.of().parseHex(hex))).isFalse();
    }

    @Test
    void agreesWithJavaOnRandomBytes() {
        for (int seed = 0; seed < 200_000; seed++) {
            byte[] bytes = randomBytes(new Random(seed));
            assertThat(Utf8.isValid(bytes)).as("seed %d", seed).isEqualTo(javaTakes(bytes));
        }
    }

    /** Mostly lead and continuation bytes, so that many are valid or nearly so. */
    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(4) > 0 ? 0x80 + random.nextInt(0x40) : random.nextInt(256));
            if (random.nextInt(3) == 0) {
                bytes[i] = (byte) (0xC0 + random.nextInt(0x38));
            }
        }
        return bytes;
    }

    private static boolean javaTakes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}

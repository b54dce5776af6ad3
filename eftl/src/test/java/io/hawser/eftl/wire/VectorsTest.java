package io.hawser.eftl.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {
    private final EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);

    @Test
    void findsAllLinesOfTheOriginalClients() {
        assertThat(Vectors.clientLines()).hasSize(225);
    }

    @ParameterizedTest
    @MethodSource("io.hawser.eftl.wire.Vectors#clientLines")
    void understandsEveryLineOfTheOriginalClientsAndSaysItAgain(String line) throws Exception {
        ClientFrame frame = codec.readClient(line.getBytes(UTF_8));

        assertThat(frame).isNotInstanceOf(ClientFrame.Unknown.class);
        byte[] again = codec.write(frame);
        assertThat(codec.readClient(again)).isEqualTo(frame);
        assertThat(codec.write(codec.readClient(again))).isEqualTo(again);
    }
}

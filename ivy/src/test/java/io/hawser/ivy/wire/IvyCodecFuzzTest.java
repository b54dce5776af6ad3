package io.hawser.ivy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Any bytes give a value or a {@link ProtocolException}, and what was written reads the same again. */
class IvyCodecFuzzTest {
    private static final IvyCodec CODEC = new IvyCodec(IvyLimits.DEFAULT);

    @FuzzTest
    void readsAnyLine(byte[] line) {
        IvyFrame frame;
        byte[] written;
        try {
            frame = CODEC.read(line);
            written = CODEC.write(frame);
        } catch (ProtocolException e) {
            assertThat(e.reason()).isNotBlank();
            return;
        }
        try {
            assertThat(CODEC.read(Arrays.copyOf(written, written.length - 1))).isEqualTo(frame);
        } catch (ProtocolException e) {
            throw new AssertionError("wrote what it does not read", e);
        }
    }

    @FuzzTest
    void readsAnyDatagram(byte[] datagram) {
        try {
            for (IvyHello hello : IvyHello.read(datagram, IvyLimits.DEFAULT)) {
                assertThat(IvyHello.read(hello.write(), IvyLimits.DEFAULT)).containsExactly(hello);
            }
        } catch (ProtocolException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }

    @FuzzTest
    void readsAnyBeacon(byte[] datagram) {
        try {
            IvyBeacon beacon = IvyBeacon.read(datagram, IvyLimits.DEFAULT);
            assertThat(IvyBeacon.read(beacon.write(), IvyLimits.DEFAULT)).isEqualTo(beacon);
        } catch (ProtocolException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }
}

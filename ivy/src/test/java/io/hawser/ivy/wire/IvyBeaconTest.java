package io.hawser.ivy.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IvyBeaconTest {
    private static final IvyLimits LIMITS = IvyLimits.DEFAULT;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 2010 hawser here 3 38645 a-1 weather\n",
                "0 1 hawser tell 3 65535 a-1 a name with spaces\n",
                "0 65535 hawser 192.168.0.7 3 1 a-1 caf\u00e9 \u20ac\n",
                "0 2010 hawser 0.0.0.0 3 1 a-1\n"
            })
    void readsAndWritesItsForms(String datagram) throws ProtocolException {
        assertThat(IvyBeacon.read(datagram.getBytes(UTF_8), LIMITS).write()).isEqualTo(datagram.getBytes(UTF_8));
    }

    @Test
    void whoIsToldOfAnAgentLearnsWhereItIs() throws Exception {
        IvyBeacon asking = IvyBeacon.read("0 2010 hawser tell 3 7 a b\n".getBytes(UTF_8), LIMITS);
        assertThat(asking.passOn()).isTrue();
        assertThat(asking.at()).isEmpty();
        IvyBeacon told = asking.toldOf(InetAddress.getByAddress(new byte[] {10, 0, 0, 9}));
        assertThat(new String(told.write(), UTF_8)).isEqualTo("0 2010 hawser 10.0.0.9 3 7 a b\n");
        assertThat(IvyBeacon.read(told.write(), LIMITS)).isEqualTo(told);
    }

    @Test
    void whatIsWrittenReadsTheSame() throws IOException, ProtocolException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] place = new byte[4];
            random.nextBytes(place);
            boolean passOn = random.nextBoolean();
            IvyBeacon beacon = new IvyBeacon(
                    1 + random.nextInt(65_535),
                    new IvyHello(1 + random.nextInt(65_535), "id" + random.nextInt(), "n " + random.nextInt()),
                    passOn,
                    passOn || random.nextBoolean() ? Optional.empty() : Optional.of(InetAddress.getByAddress(place)));
            assertThat(IvyBeacon.read(beacon.write(), LIMITS))
                    .as("seed " + seed)
                    .isEqualTo(beacon);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "garbage",
                "3 7 id name\n",
                "0 2010 hawser\n",
                "0 2010 hawser here\n",
                "0 2010 hawser here \n",
                "0 2010 hawser here 3\n",
                "0 2010 hawser here 3 7\n",
                "0 2010 hawser here 3 0 id name\n",
                "0 2010 hawser here 2 7 id name\n",
                "0 2010 hawser here 3 7 id name\n3 8 other name\n",
                "0 2010 hawser here 3 7 id na\0me\n",
                "0 2010 hawser HERE 3 7 id name\n",
                "0 2010 hawser 256.0.0.1 3 7 id name\n",
                "0 2010 hawser 1.2.3 3 7 id name\n",
                "0 2010 hawser 01.2.3.4.5 3 7 id name\n",
                "0 2010 hawser localhost 3 7 id name\n",
                "0 2010 hawser ::1 3 7 id name\n",
                "0 0 hawser here 3 7 id name\n",
                "0 65536 hawser here 3 7 id name\n",
                "0 x hawser here 3 7 id name\n",
                "1 2010 hawser here 3 7 id name\n",
                "0 2010 Hawser here 3 7 id name\n",
                " 0 2010 hawser here 3 7 id name\n"
            })
    void refusesWhatIsNoBeacon(String datagram) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> IvyBeacon.read(datagram.getBytes(UTF_8), LIMITS))
                .satisfies(e -> assertThat(e.reason()).isNotBlank());
    }

    @Test
    void aBeaconHasTheLimitsOfAHello() {
        String longName = "0 2010 hawser here 3 7 id " + "n".repeat(LIMITS.maxNameBytes() + 1) + "\n";
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> IvyBeacon.read(longName.getBytes(UTF_8), LIMITS))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.OVER_LIMIT));
    }
}

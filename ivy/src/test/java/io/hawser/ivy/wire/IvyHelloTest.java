package io.hawser.ivy.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IvyHelloTest {
    private static final IvyLimits LIMITS = IvyLimits.DEFAULT;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3 32597 rand0m_45d6sf45sdf myApp\n",
                "3 38645 2019284366:1795222842934:38645 CPROBE\n",
                "3 40451 ID<JPROBE0:1795222893372:-651645175> JPROBE\n",
                "3 1 id a name with spaces\n",
                "3 65535 id caf\u00e9 \u20ac\n",
                "3 2010\n",
                "3 2010 id\n"
            })
    void readsAndWritesTheFormsOfTheOriginals(String datagram) throws ProtocolException {
        List<IvyHello> hellos = IvyHello.read(datagram.getBytes(UTF_8), LIMITS);
        assertThat(hellos).hasSize(1);
        assertThat(hellos.get(0).write()).isEqualTo(datagram.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3 7 id n m", "3 7 id n m\r\n", "3 7 id n m\n\n", "  3  7  id  n m  \n", "3 007 id n m\n"})
    void toleratesOtherLineEndsAndSpaces(String datagram) throws ProtocolException {
        assertThat(IvyHello.read(datagram.getBytes(UTF_8), LIMITS)).containsExactly(new IvyHello(7, "id", "n m"));
    }

    @Test
    void readsSeveralHellosOfOneDatagram() throws ProtocolException {
        assertThat(IvyHello.read("3 1 a b\n3 2\r\n3 3 c".getBytes(UTF_8), LIMITS))
                .containsExactly(new IvyHello(1, "a", "b"), new IvyHello(2, "", ""), new IvyHello(3, "c", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\r\n",
                " ",
                "garbage",
                "3",
                "3 \n",
                "2 7 id name\n",
                "4 7 id name\n",
                "33 7 id name",
                "-3 7",
                "3 0 id name\n",
                "3 -1 id name\n",
                "3 65536 id name\n",
                "3 99999 id name\n",
                "3 99999999999999999999 i n",
                "3 abc id name\n",
                "3 7.5 id name\n",
                "3 +7 id name",
                "3\t7\tid\tname",
                "3 7 id na\0me\n",
                "3 7 i\1d name",
                "3 7 id name\n4 7 id name\n",
                "3 7 id \u001b[31mred",
                "\u0663 7 id name"
            })
    void refusesWhatIsNoHello(String datagram) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> IvyHello.read(datagram.getBytes(UTF_8), LIMITS))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.BAD_FORMAT))
                .satisfies(e -> assertThat(e.reason()).isNotBlank());
    }

    @Test
    void refusesBinaryAndEndlessDatagrams() {
        byte[] binary = new byte[512];
        new Random(7).nextBytes(binary);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> IvyHello.read(binary, LIMITS));
        for (String endless : List.of("3 ".repeat(4_096), "3 ".repeat(100_000), "3 7 " + "i".repeat(2_048))) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> IvyHello.read(endless.getBytes(UTF_8), LIMITS))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.OVER_LIMIT));
        }
    }

    @Test
    void refusesToMakeAHelloThatNobodyCouldRead() {
        assertThatIllegalArgumentException().isThrownBy(() -> new IvyHello(0, "id", "name"));
        assertThatIllegalArgumentException().isThrownBy(() -> new IvyHello(7, "i d", "name"));
        assertThatIllegalArgumentException().isThrownBy(() -> new IvyHello(7, "", "name"));
        assertThatIllegalArgumentException().isThrownBy(() -> new IvyHello(7, "id", "na\nme"));
        assertThatIllegalArgumentException().isThrownBy(() -> new IvyHello(7, "id", " name"));
    }
}

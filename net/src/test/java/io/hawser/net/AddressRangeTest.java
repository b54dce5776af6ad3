package io.hawser.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a range has. */
class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.0/24, 192.168.1.255, true",
        "192.168.1.0/24, 192.168.2.0, false",
        "192.168.1.77/25, 192.168.1.127, true",
        "192.168.1.77/25, 192.168.1.128, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
    })
    void aRangeHasWhatBeginsAlike(String range, String address, boolean has) throws UnknownHostException {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isEqualTo(has);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "host", "10.1.2.0/33", "10.1.2.0/", "10.1.2.0/-1", "10.1.2/24", "300.1.1.1", "fd00::/129"})
    void whatIsNoneIsTold(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no range of addresses");
    }

    @Test
    void twoOfTheSameAreEqual() {
        assertThat(AddressRange.parse("10.0.0.0/8")).isEqualTo(AddressRange.parse("10.0.0.0/8"));
    }
}

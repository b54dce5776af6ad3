package io.hawser.ivy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IvyDomainTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127:2010|127.255.255.255:2010|true",
                "127.255.255.255:2010|127.255.255.255:2010|true",
                "''|127.255.255.255:2010|true",
                "127|127.255.255.255:2010|true",
                ":2998|127.255.255.255:2998|true",
                "192.168:2998|192.168.255.255:2998|false",
                "192.168.:2998|192.168.255.255:2998|false",
                "127,192.168:2998|127.255.255.255,192.168.255.255:2998|false",
                "127:2998,192.168.:2998|127.255.255.255,192.168.255.255:2998|false",
                "127.255.255.255:2997,192.168.:2998|127.255.255.255:2997,192.168.255.255:2998|false",
                "127:2998,10|127.255.255.255:2998,10.255.255.255:2010|false",
                "127,10:1,11,12:2|127.255.255.255:1,10.255.255.255:1,11.255.255.255:2,12.255.255.255:2|false",
                "127:2998,127.1:2999|127.255.255.255:2998,127.1.255.255:2999|true",
                "224.5.6.7:2998|224.5.6.7:2998|false",
                "239.1:2010|239.1.255.255:2010|false",
                "10.0.0.7:1|10.0.0.7:1|false",
                "255:65535|255.255.255.255:65535|false"
            })
    void readsTheFormsOfTheOriginals(String text, String full, boolean loopback) {
        IvyDomain domain = IvyDomain.parse(text);
        assertThat(domain).hasToString(full);
        assertThat(domain.loopback()).isEqualTo(loopback);
        assertThat(IvyDomain.parse(full)).isEqualTo(domain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127:",
                "127:0",
                "127:99999",
                "127:-1",
                "127:x",
                "127:2010:2011",
                "300.1:2010",
                "-1:2010",
                "abc:2998",
                "1.2.3.4.5:2010",
                "127,:2010",
                ",127:2010",
                "127..1:2010",
                ".127:2010",
                "127 :2010",
                "127: 2010",
                "::1",
                "127:2998,10:",
                "127:,10:2998",
                ":2998,10:2998",
                "127:2998,10:0",
                "99999999999999:1",
                "127:2010\n"
            })
    void refusesTheAbsurdWithATextForTheUser(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IvyDomain.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("expected for example");
    }

    @Test
    void knowsItsPortsOnceEach() {
        assertThat(IvyDomain.parse("127:2011,10,11:2010,12:2011").ports()).containsExactly(2011, 2010);
    }

    @Test
    void hasTheDefaultOfTheOriginals() {
        assertThat(IvyDomain.DEFAULT).hasToString("127.255.255.255:2010");
    }
}
